using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.MachineLearning.Forests.Sweep;

/// <summary>Turns inputs into ranks. A rank is the number of the column's thresholds that the input reaches. A split at
/// the j-th threshold, from 0 on, sends rows with a rank above j to the right.</summary>
/// <remarks>
/// Arithmetic that never falls as the value rises finds a value's bucket. It takes the distance from the column's
/// middle threshold in units of the thresholds' spread, then the bits of 1 + that distance. These are linear near the
/// middle and logarithmic far out. A bucket knows the lowest rank of its values; mostly one comparison is left.
/// </remarks>
internal sealed class ThresholdRanks
{
    /// <summary>The number of rows ranked together, and the distance between two columns' ranks.</summary>
    public const int BlockRows = 64;

    private const int Lanes = 8;
    private const int BitsOfOne = 0x3F80_0000;
    private const int BucketsPerThreshold = 8;
    private const int MinBuckets = 16;
    private const int FinestShift = 12;
    private const int CoarsestShift = 26;

    private readonly int _columns;
    private readonly int _shift;
    private readonly float[] _middles;
    private readonly float[] _scales;
    private readonly int[] _lowest;
    private readonly int[] _highest;

    /// <summary>For each column, the offset that turns a bucket into an index of <see cref="_starts"/>.</summary>
    private readonly int[] _offsets;

    /// <summary>For each bucket, the number of its first threshold; after a column's last bucket, the column's number
    /// of thresholds.</summary>
    private readonly ushort[] _starts;

    /// <summary>For each column, the start of its thresholds. NaN stands after them, which no value reaches.</summary>
    private readonly int[] _firsts;
    private readonly float[] _thresholds;

    /// <param name="thresholds">For each column, its distinct thresholds, ascending, at most 65,535, none of them NaN.</param>
    public ThresholdRanks(float[][] thresholds)
    {
        _columns = thresholds.Length;
        var padded = (_columns + Lanes - 1) / Lanes * Lanes;
        (_middles, _scales) = (new float[padded], new float[padded]);
        (_lowest, _highest, _offsets, _firsts) = (new int[padded], new int[padded], new int[padded], new int[padded]);
        for (var column = 0; column < _columns; column++)
        {
            (_middles[column], _scales[column]) = MiddleAndScale(thresholds[column]);
        }

        _shift = FinestShift;
        var most = thresholds.Sum(own => Math.Max(MinBuckets, BucketsPerThreshold * (long)own.Length));
        while (_shift < CoarsestShift && SetRange(thresholds) > most)
        {
            _shift++;
        }

        _starts = new ushort[SetRange(thresholds)];
        _thresholds = new float[thresholds.Sum(own => own.Length + 1)];
        Fill(thresholds);
    }

    /// <summary>Ranks rows.</summary>
    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Inputs for each row, at least as many as there are columns with thresholds.</param>
    /// <param name="count">The number of rows, 1 to <see cref="BlockRows"/>.</param>
    /// <param name="ranks">Receives <see cref="BlockRows"/> ranks for each column, of which <paramref name="count"/>
    /// are set. NaN gets some valid rank.</param>
    /// <returns>A bit for each row that has a NaN.</returns>
    public ulong Set(ReadOnlySpan<float> rows, int columns, int count, Span<ushort> ranks)
    {
        Span<int> buckets = stackalloc int[_middles.Length];
        var missing = 0UL;
        for (var row = 0; row < count; row++)
        {
            var inputs = rows.Slice(row * columns, columns);
            missing |= SetBuckets(inputs, buckets) ? 1UL << row : 0;
            SetRanks(inputs, buckets, ref Unsafe.Add(ref MemoryMarshal.GetReference(ranks), row));
        }

        return missing;
    }

    private static (float Middle, float Scale) MiddleAndScale(float[] thresholds)
    {
        if (thresholds.Length == 0 || !float.IsFinite(thresholds[thresholds.Length / 2]))
        {
            return (0, 1);
        }

        var middle = thresholds[thresholds.Length / 2];
        var scale = 1 / thresholds.Select(threshold => Math.Abs(threshold - middle)).Order().ElementAt(thresholds.Length / 2);
        return (middle, scale > 0 && float.IsFinite(scale) ? scale : 1);
    }

    /// <summary>The buckets of values: never smaller for a larger value, and the highest for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Buckets(Vector256<float> values, Vector256<float> middles, Vector256<float> scales, int shift)
    {
        var distance = (values - middles) * scales;
        var magnitude = ((Vector256.Abs(distance) + Vector256<float>.One).AsInt32() - Vector256.Create(BitsOfOne)) >> shift;
        // Below the middle the bucket is -1 - m instead of m.
        return magnitude ^ Vector256.LessThan(distance, Vector256<float>.Zero).AsInt32();
    }

    private int BucketOf(float value, int column) =>
        Buckets(Vector256.Create(value), Vector256.Create(_middles[column]), Vector256.Create(_scales[column]), _shift)[0];

    /// <summary>Sets each column's range of buckets and returns their total number.</summary>
    private long SetRange(float[][] thresholds)
    {
        var total = 0L;
        for (var column = 0; column < _columns; column++)
        {
            var own = thresholds[column];
            (_lowest[column], _highest[column]) = own.Length == 0 ? (0, 0) : (BucketOf(own[0], column), BucketOf(own[^1], column));
            _offsets[column] = (int)(total - _lowest[column]);
            total += (long)_highest[column] - _lowest[column] + 2;
        }

        return total;
    }

    private void Fill(float[][] thresholds)
    {
        var first = 0;
        for (var column = 0; column < _columns; column++)
        {
            var own = thresholds[column];
            // The first bucket not yet set: those up to the bucket of the threshold before are set.
            var next = _lowest[column];
            for (var rank = 0; rank < own.Length; rank++)
            {
                for (var bucket = BucketOf(own[rank], column); next <= bucket; next++)
                {
                    _starts[next + _offsets[column]] = (ushort)rank;
                }
            }

            _starts.AsSpan(next + _offsets[column], _highest[column] + 2 - next).Fill((ushort)own.Length);
            own.CopyTo(_thresholds, first);
            _firsts[column] = first;
            first += own.Length + 1;
            _thresholds[first - 1] = float.NaN;
        }
    }

    /// <summary>Sets, for each column of a row, the index of its bucket. True if the row has a NaN.</summary>
    private bool SetBuckets(ReadOnlySpan<float> inputs, Span<int> buckets)
    {
        var numbers = Vector256<int>.AllBitsSet;
        for (var column = 0; column < _columns; column += Lanes)
        {
            var values = column + Lanes <= inputs.Length ? Vector256.Create(inputs[column..]) : Padded(inputs[column..]);
            numbers &= Vector256.Equals(values, values).AsInt32();
            var own = Buckets(values, Vector256.Create(_middles, column), Vector256.Create(_scales, column), _shift);
            own = Vector256.Min(Vector256.Max(own, Vector256.Create(_lowest, column)), Vector256.Create(_highest, column));
            (own + Vector256.Create(_offsets, column)).CopyTo(buckets[column..]);
        }

        return numbers != Vector256<int>.AllBitsSet;
    }

    private void SetRanks(ReadOnlySpan<float> inputs, ReadOnlySpan<int> buckets, ref ushort ranks)
    {
        ref var starts = ref MemoryMarshal.GetArrayDataReference(_starts);
        ref var thresholds = ref MemoryMarshal.GetArrayDataReference(_thresholds);
        ref var firsts = ref MemoryMarshal.GetArrayDataReference(_firsts);
        ref var input = ref MemoryMarshal.GetReference(inputs);
        ref var bucket = ref MemoryMarshal.GetReference(buckets);
        var columns = _columns;
        for (nint column = 0; column < columns; column++)
        {
            var value = Unsafe.Add(ref input, column);
            ref var own = ref Unsafe.Add(ref thresholds, Unsafe.Add(ref firsts, column));
            nint rank = Unsafe.Add(ref starts, Unsafe.Add(ref bucket, column));
            rank += Unsafe.BitCast<bool, byte>(value >= Unsafe.Add(ref own, rank));
            // A bucket seldom holds a second threshold that the value reaches, so the branch predicts well.
            ranks = value >= Unsafe.Add(ref own, rank) ? RankAmong(value, (int)column, Unsafe.Add(ref bucket, column)) : (ushort)rank;
            ranks = ref Unsafe.Add(ref ranks, BlockRows);
        }
    }

    private ushort RankAmong(float value, int column, int bucket)
    {
        var own = _thresholds.AsSpan(_firsts[column]);
        int low = _starts[bucket], high = _starts[bucket + 1];
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = value >= own[middle] ? (middle + 1, high) : (low, middle);
        }

        return (ushort)low;
    }

    private static Vector256<float> Padded(ReadOnlySpan<float> inputs)
    {
        Span<float> all = stackalloc float[Lanes];
        all.Clear();
        inputs.CopyTo(all);
        return Vector256.Create<float>(all);
    }
}
