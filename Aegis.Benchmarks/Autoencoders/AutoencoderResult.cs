using Aegis.TestRig;

namespace Aegis.Benchmarks.Autoencoders;

/// <summary>Figures of <c>bench autoencoder</c>, all of one run; scoring is measured on one thread.</summary>
internal sealed record AutoencoderResult
{
    /// <summary>Rows scored in batches, tanh.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>A fit of 200,000 rows on all cores, tanh.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Passes over the rows until it stopped.</summary>
    public required int FitEpochs { get; init; }

    /// <summary>The processor time of that fit, over all threads; far below <see cref="FitSeconds"/> the machine was busy with other
    /// work.</summary>
    public required double FitCpuSeconds { get; init; }

    /// <summary>The same fit, the same network, on one thread.</summary>
    public required double FitSecondsOneThread { get; init; }

    /// <summary>A call that scores one row and tells its errors.</summary>
    public required double SingleRowUs { get; init; }

    /// <summary>What scoring in batches allocates.</summary>
    public required double BytesPerRow { get; init; }

    /// <summary>Batch rate over that of plain loops with the same weights.</summary>
    public required double RatioToTextbook { get; init; }

    /// <summary>Rate of plain loops with the same weights.</summary>
    public required double TextbookRowsPerSecond { get; init; }

    /// <summary>Rows scored in batches, SiLU.</summary>
    public required double SiluRowsPerSecond { get; init; }

    /// <summary>A fit on all cores, SiLU.</summary>
    public required double SiluFitSeconds { get; init; }

    /// <summary>Of all rows; the same for the same seed.</summary>
    public required double MeanScore { get; init; }

    /// <summary>What it was measured on.</summary>
    public required Machine Machine { get; init; }
}
