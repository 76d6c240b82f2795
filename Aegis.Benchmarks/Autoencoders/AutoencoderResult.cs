using Aegis.TestRig;

namespace Aegis.Benchmarks.Autoencoders;

/// <summary>Figures of <c>bench autoencoder</c>, all of one run; scoring on one thread.</summary>
internal sealed record AutoencoderResult
{
    /// <summary>Rows a second scored in batches, tanh.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Seconds of a fit of 200,000 rows on all cores, tanh.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Passes over the rows until the fit stopped.</summary>
    public required int FitEpochs { get; init; }

    /// <summary>Processor seconds of that fit, over all threads. Far below <see cref="FitSeconds"/>, they show that the
    /// machine was busy with other work.</summary>
    public required double FitCpuSeconds { get; init; }

    /// <summary>Seconds of the same fit on one thread.</summary>
    public required double FitSecondsOneThread { get; init; }

    /// <summary>Microseconds of a call that scores one row and returns its errors.</summary>
    public required double SingleRowUs { get; init; }

    /// <summary>Bytes a row allocated by scoring in batches.</summary>
    public required double BytesPerRow { get; init; }

    /// <summary>Batch rate divided by the rate of plain loops with the same weights.</summary>
    public required double RatioToTextbook { get; init; }

    /// <summary>Rows a second of plain loops with the same weights.</summary>
    public required double TextbookRowsPerSecond { get; init; }

    /// <summary>Rows a second scored in batches, SiLU.</summary>
    public required double SiluRowsPerSecond { get; init; }

    /// <summary>Seconds of a fit on all cores, SiLU.</summary>
    public required double SiluFitSeconds { get; init; }

    /// <summary>Mean score of all rows; the same seed gives the same mean.</summary>
    public required double MeanScore { get; init; }

    /// <summary>The machine that ran the benchmark.</summary>
    public required Machine Machine { get; init; }
}
