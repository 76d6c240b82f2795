namespace Aegis.MachineLearning.Trainers;

/// <summary>Scores rows block by block where they lie: no copy, no allocation. Any number of threads, each with its own scratch, unless the
/// class says otherwise.</summary>
public interface IBlockScorer
{
    /// <summary>Values per row.</summary>
    int Columns { get; }

    /// <summary>Floats that scoring needs to work in, however many rows; 0 or more.</summary>
    int ScratchLength { get; }

    /// <summary>Scores rows, each with the same bits as alone.</summary>
    /// <param name="rows">Row after row, <see cref="Columns"/> values each.</param>
    /// <param name="rowCount">How many, 0 or more.</param>
    /// <param name="scores">Receives one score per row: the higher, the more unusual.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch);
}
