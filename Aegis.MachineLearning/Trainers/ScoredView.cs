using Microsoft.ML;

namespace Aegis.MachineLearning.Trainers;

/// <summary>A table with a detector's two extra columns, computed as it is read.</summary>
internal sealed class ScoredView(DetectorMapper mapper, IDataView source) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        return new ScoredCursor(mapper, source.GetRowCursor(mapper.GetDependencies(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] active = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(mapper.GetDependencies(active), n, rand)
            .Select(cursor => new ScoredCursor(mapper, cursor, active))];
    }
}
