using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>Matrix products that sum every result in one order, s + x₀w₀ + x₁w₁ + …, without fused multiply-add.</summary>
/// <remarks>
/// Neighbouring results lie in the lanes of a vector. So the bits depend neither on the vectors' width nor on the number
/// of rows computed together. Tiles of four rows and two vectors share their loads and keep eight sums in progress.
/// </remarks>
internal static class MatrixProduct
{
    private const int TileRows = 4;
    private const int TileColumns = 2 * Lanes.Count;

    /// <summary>y = s + x w.</summary>
    /// <param name="x">n × k.</param>
    /// <param name="w">k × <paramref name="width"/> values, row after row.</param>
    /// <param name="width">Columns of w, s and y; a multiple of <see cref="Lanes.Count"/>.</param>
    /// <param name="s">The start values of every row of y, <paramref name="width"/> of them; empty for zeros.</param>
    /// <param name="y">Receives n × <paramref name="width"/> values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Multiply(StridedMatrix x, ReadOnlySpan<float> w, int width, ReadOnlySpan<float> s, Span<float> y)
    {
        if (width % Lanes.Count != 0 || w.Length < (long)x.Columns * width || y.Length < (long)x.Rows * width
            || (!s.IsEmpty && s.Length < width))
        {
            throw new ArgumentException(
                $"x is {x.Rows} × {x.Columns}, w {w.Length}, s {s.Length} and y {y.Length} values at width {width}; allowed: what fits, in whole vectors.", nameof(width));
        }

        ref var firstW = ref MemoryMarshal.GetReference(w);
        ref var firstY = ref MemoryMarshal.GetReference(y);
        for (var column = 0; column < width;)
        {
            var isWide = column + TileColumns <= width;
            var start = s.IsEmpty ? default : Vector256.Create(s.Slice(column, Lanes.Count));
            var nextStart = s.IsEmpty || !isWide ? default : Vector256.Create(s.Slice(column + Lanes.Count, Lanes.Count));
            for (var row = 0; row < x.Rows;)
            {
                var hasFour = row + TileRows <= x.Rows;
                ref var tileX = ref Unsafe.Add(ref x.First, (nint)row * x.RowStride);
                ref var tileW = ref Unsafe.Add(ref firstW, column);
                ref var tileY = ref Unsafe.Add(ref firstY, ((nint)row * width) + column);
                switch (hasFour, isWide)
                {
                    case (true, true): FourRowsTwoVectors(
                        ref tileX, x.RowStride, x.ColumnStride, x.Columns, ref tileW, width, start, nextStart, ref tileY); break;
                    case (true, false): FourRowsOneVector(
                        ref tileX, x.RowStride, x.ColumnStride, x.Columns, ref tileW, width, start, ref tileY); break;
                    case (false, true): OneRowTwoVectors(
                        ref tileX, x.ColumnStride, x.Columns, ref tileW, width, start, nextStart, ref tileY); break;
                    default: OneRowOneVector(ref tileX, x.ColumnStride, x.Columns, ref tileW, width, start, ref tileY); break;
                }

                row += hasFour ? TileRows : 1;
            }

            column += isWide ? TileColumns : Lanes.Count;
        }
    }

    private static void FourRowsTwoVectors(
        ref float x, nint row, nint next, int terms, ref float w, nint width, Vector256<float> left, Vector256<float> right, ref float y)
    {
        Vector256<float> left0 = left, left1 = left, left2 = left, left3 = left;
        Vector256<float> right0 = right, right1 = right, right2 = right, right3 = right;
        for (; terms > 0; terms--)
        {
            var wLeft = Vector256.LoadUnsafe(ref w);
            var wRight = Vector256.LoadUnsafe(ref w, Lanes.Count);
            var x0 = Vector256.Create(x);
            left0 += x0 * wLeft;
            right0 += x0 * wRight;
            var x1 = Vector256.Create(Unsafe.Add(ref x, row));
            left1 += x1 * wLeft;
            right1 += x1 * wRight;
            var x2 = Vector256.Create(Unsafe.Add(ref x, 2 * row));
            left2 += x2 * wLeft;
            right2 += x2 * wRight;
            var x3 = Vector256.Create(Unsafe.Add(ref x, 3 * row));
            left3 += x3 * wLeft;
            right3 += x3 * wRight;
            x = ref Unsafe.Add(ref x, next);
            w = ref Unsafe.Add(ref w, width);
        }

        left0.StoreUnsafe(ref y);
        right0.StoreUnsafe(ref y, Lanes.Count);
        y = ref Unsafe.Add(ref y, width);
        left1.StoreUnsafe(ref y);
        right1.StoreUnsafe(ref y, Lanes.Count);
        y = ref Unsafe.Add(ref y, width);
        left2.StoreUnsafe(ref y);
        right2.StoreUnsafe(ref y, Lanes.Count);
        y = ref Unsafe.Add(ref y, width);
        left3.StoreUnsafe(ref y);
        right3.StoreUnsafe(ref y, Lanes.Count);
    }

    private static void FourRowsOneVector(
        ref float x, nint row, nint next, int terms, ref float w, nint width, Vector256<float> start, ref float y)
    {
        Vector256<float> sum0 = start, sum1 = start, sum2 = start, sum3 = start;
        for (; terms > 0; terms--)
        {
            var weights = Vector256.LoadUnsafe(ref w);
            sum0 += Vector256.Create(x) * weights;
            sum1 += Vector256.Create(Unsafe.Add(ref x, row)) * weights;
            sum2 += Vector256.Create(Unsafe.Add(ref x, 2 * row)) * weights;
            sum3 += Vector256.Create(Unsafe.Add(ref x, 3 * row)) * weights;
            x = ref Unsafe.Add(ref x, next);
            w = ref Unsafe.Add(ref w, width);
        }

        sum0.StoreUnsafe(ref y);
        sum1.StoreUnsafe(ref y, (nuint)width);
        sum2.StoreUnsafe(ref y, (nuint)(2 * width));
        sum3.StoreUnsafe(ref y, (nuint)(3 * width));
    }

    private static void OneRowTwoVectors(
        ref float x, nint next, int terms, ref float w, nint width, Vector256<float> left, Vector256<float> right, ref float y)
    {
        for (; terms > 0; terms--)
        {
            var value = Vector256.Create(x);
            left += value * Vector256.LoadUnsafe(ref w);
            right += value * Vector256.LoadUnsafe(ref w, Lanes.Count);
            x = ref Unsafe.Add(ref x, next);
            w = ref Unsafe.Add(ref w, width);
        }

        left.StoreUnsafe(ref y);
        right.StoreUnsafe(ref y, Lanes.Count);
    }

    private static void OneRowOneVector(ref float x, nint next, int terms, ref float w, nint width, Vector256<float> sum, ref float y)
    {
        for (; terms > 0; terms--)
        {
            sum += Vector256.Create(x) * Vector256.LoadUnsafe(ref w);
            x = ref Unsafe.Add(ref x, next);
            w = ref Unsafe.Add(ref w, width);
        }

        sum.StoreUnsafe(ref y);
    }
}
