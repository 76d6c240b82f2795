using Microsoft.ML;

namespace Aegis.MachineLearning.Trainers;

/// <summary>The columns of a scored row: those of its source, then score and label.</summary>
internal sealed class ScoredColumns(DetectorMapper mapper, DataViewRow source, DataViewSchema.Column[] active)
{
    private readonly bool[] _active = [.. mapper.OutputSchema.Select(column => active.Any(a => a.Index == column.Index))];
    private readonly RowScorer? _scorer = active.Any(column => column.Index >= mapper.ScoreIndex) ? mapper.ScorerOf(source) : null;

    public bool IsActive(DataViewSchema.Column column) => _active[column.Index];

    /// <exception cref="ArgumentException">The column was not asked for, or holds another type.</exception>
    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index < mapper.ScoreIndex)
        {
            return source.GetGetter<TValue>(mapper.InputSchema[column.Index]);
        }

        if (_scorer is null)
        {
            throw new ArgumentException($"Column '{column.Name}' was not asked for when the rows were opened.");
        }

        Delegate getter = column.Index == mapper.ScoreIndex ? new ValueGetter<float>(_scorer.Score) : new ValueGetter<bool>(_scorer.Label);
        return getter as ValueGetter<TValue>
            ?? throw new ArgumentException($"Column '{column.Name}' holds {column.Type}; another type was asked for.");
    }
}
