using System.Runtime.Intrinsics;
using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Forests.Training;

/// <summary>One tree's subsample, copied column by column. So a node reads a column's values from a few cache lines.</summary>
internal sealed class SubsampleBlock
{
    private readonly float[] _rows;
    private readonly ulong[] _drawn;
    private readonly int[] _sample;
    private readonly float[] _values;
    private readonly int _stride;

    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Inputs for each row.</param>
    /// <param name="capacity">The largest subsample, at most the number of rows.</param>
    public SubsampleBlock(float[] rows, int columns, int capacity)
    {
        _rows = rows;
        Columns = columns;
        _drawn = new ulong[(rows.Length / columns / 64) + 1];
        _sample = new int[capacity];
        // A stride that is no power of two keeps the columns of a row in different cache sets.
        _stride = capacity + 16;
        _values = new float[columns * _stride];
    }

    /// <summary>Inputs per row.</summary>
    public int Columns { get; }

    /// <summary>The number of rows in the subsample.</summary>
    public int Size { get; private set; }

    /// <summary>The subsample's values of a column.</summary>
    public ReadOnlySpan<float> Column(int column) => _values.AsSpan(column * _stride, Size);

    /// <summary>Draws rows without replacement (Floyd's algorithm) and copies them.</summary>
    public void Draw(int size, ref SeededRandom random)
    {
        Size = size;
        var rowCount = _rows.Length / Columns;
        for (var i = 0; i < size; i++)
        {
            var candidate = random.NextInt(rowCount - size + i + 1);
            _sample[i] = Mark(candidate) ? candidate : rowCount - size + i;
            Mark(_sample[i]);
        }

        for (var i = 0; i < size; i++)
        {
            _drawn[_sample[i] / 64] = 0;
        }

        for (var i = 0; i < size; i += Vector256<float>.Count)
        {
            CopyRows(i);
        }
    }

    /// <summary>Copies 8 rows at once, so that their cache misses overlap and a column's values are stored together.</summary>
    private void CopyRows(int first)
    {
        int At(int i) => _sample[Math.Min(first + i, Size - 1)] * Columns;
        int a = At(0), b = At(1), c = At(2), d = At(3), e = At(4), f = At(5), g = At(6), h = At(7);
        for (var column = 0; column < Columns; column++)
        {
            Vector256.Create(
                _rows[a + column], _rows[b + column], _rows[c + column], _rows[d + column],
                _rows[e + column], _rows[f + column], _rows[g + column], _rows[h + column]).CopyTo(_values, (column * _stride) + first);
        }
    }

    /// <summary>Marks a row as drawn; false if it was marked already.</summary>
    private bool Mark(int row)
    {
        ref var word = ref _drawn[row / 64];
        var before = word;
        word |= 1UL << (row % 64);
        return word != before;
    }
}
