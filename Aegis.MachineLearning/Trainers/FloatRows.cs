using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Rows of floats, one after another in an array, as an ML.NET table of one vector column. Nothing is copied.</summary>
public sealed class FloatRows : IDataView
{
    private readonly int _columns;

    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Values for each row, 1 or more.</param>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="ArgumentException">A row is cut short.</exception>
    public FloatRows(float[] rows, int columns, string name = "Features")
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (columns < 1 || rows.Length % columns != 0)
        {
            throw new ArgumentException($"{rows.Length} values in rows of {columns}; allowed: whole rows of 1 or more.", nameof(rows));
        }

        (Rows, _columns) = (rows, columns);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(name, new VectorDataViewType(NumberDataViewType.Single, columns));
        Schema = schema.ToSchema();
    }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <summary>Row after row.</summary>
    internal float[] Rows { get; }

    /// <inheritdoc/>
    public long? GetRowCount() => Rows.Length / _columns;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(this)];

    private sealed class Cursor(FloatRows table) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => table.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            _position = _position + 1 < table.GetRowCount() ? _position + 1 : -1;
            return _position >= 0;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> row) =>
            {
                var editor = VBufferEditor.Create(ref row, table._columns);
                table.Rows.AsSpan((int)_position * table._columns, table._columns).CopyTo(editor.Values);
                row = editor.Commit();
            };
            return (Delegate)getter as ValueGetter<TValue>
                ?? throw new ArgumentException($"Column '{column.Name}' holds {column.Type}; another type was asked for.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);
    }
}
