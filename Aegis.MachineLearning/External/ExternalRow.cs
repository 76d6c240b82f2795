using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.External;

/// <summary>The one row that a model reads again and again, and its answer. One thread.</summary>
internal sealed class ExternalRow : DataViewRow
{
    private readonly float[] _values;
    private readonly ValueGetter<VBuffer<float>>? _scores;
    private readonly ValueGetter<float>? _score;
    private VBuffer<float> _answer;
    private long _position = -1;

    /// <param name="transformer">The model.</param>
    /// <param name="schema">A schema with one column of values.</param>
    /// <param name="output">The column of the answer: a float or a vector of floats.</param>
    public ExternalRow(ITransformer transformer, DataViewSchema schema, string output)
    {
        Schema = schema;
        _values = new float[((VectorDataViewType)schema[0].Type).Size];
        var mapper = transformer.GetRowToRowMapper(schema);
        var column = mapper.OutputSchema[output];
        var answer = mapper.GetRow(this, [column]);
        if (column.Type is VectorDataViewType)
        {
            _scores = answer.GetGetter<VBuffer<float>>(column);
        }
        else
        {
            _score = answer.GetGetter<float>(column);
        }
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>Scores payments, at most as many as the row holds. The rest of the row is zeros.</summary>
    /// <exception cref="InvalidOperationException">The model returns fewer numbers than there are payments.</exception>
    public void Score(ReadOnlySpan<float> values, Span<double> scores)
    {
        values.CopyTo(_values);
        _values.AsSpan(values.Length).Clear();
        _position++;
        if (_score is not null)
        {
            var score = 0f;
            _score(ref score);
            scores[0] = score;
            return;
        }

        _scores!(ref _answer);
        if (!_answer.IsDense || _answer.Length < scores.Length)
        {
            throw new InvalidOperationException($"it gives {_answer.Length} numbers for {scores.Length} payments; allowed: one each.");
        }

        var answers = _answer.GetValues();
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = answers[i];
        }
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> row) =>
        {
            var editor = VBufferEditor.Create(ref row, _values.Length);
            _values.CopyTo(editor.Values);
            row = editor.Commit();
        };
        return (Delegate)getter as ValueGetter<TValue>
            ?? throw new ArgumentException($"Column '{column.Name}' holds {column.Type}; another type was asked for.");
    }
}
