namespace Aegis.MachineLearning.Trainers;

/// <summary>Scores rows block by block in place, without copies or allocations. Any number of threads, each with its
/// own scratch, unless the class says otherwise.</summary>
public interface IBlockScorer
{
    /// <summary>Values per row.</summary>
    int Columns { get; }

    /// <summary>The number of floats that scoring works in, for any number of rows; 0 or more.</summary>
    int ScratchLength { get; }

    /// <summary>Scores rows. Each gets the same bits as alone.</summary>
    /// <param name="rows">Row after row, <see cref="Columns"/> values each.</param>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <param name="scores">Receives one score for each row, higher if more unusual.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch);
}
