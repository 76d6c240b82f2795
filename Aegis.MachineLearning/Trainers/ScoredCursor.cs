using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Reads a table with a detector's two extra columns, row by row.</summary>
internal sealed class ScoredCursor(DetectorMapper mapper, DataViewRowCursor source, DataViewSchema.Column[] active) : DataViewRowCursor
{
    private readonly ScoredColumns _columns = new(mapper, source, active);

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    public override bool MoveNext() => source.MoveNext();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
