using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Aegis.Core.Facts;

/// <summary>Counts of the last 64 days, by day of the event. Events may come in any order. Those older than the ring
/// are left out.</summary>
internal struct DayRing
{
    /// <summary>The number of days kept.</summary>
    public const int Days = 64;

    private int _newest;
    private Cells _cells;

    /// <summary>Adds to a day (<see cref="DateOnly.DayNumber"/> or days since 1970: any running number from 1 on).</summary>
    public void Add(int day, uint count)
    {
        for (var gone = Math.Max(_newest, day - Days) + 1; gone <= day; gone++)
        {
            _cells[gone & (Days - 1)] = 0;
        }

        _newest = Math.Max(_newest, day);
        if (day > _newest - Days)
        {
            _cells[day & (Days - 1)] += count;
        }
    }

    /// <summary>The sums over several windows of days that all end with <paramref name="last"/>.</summary>
    /// <param name="last">The newest day that counts.</param>
    /// <param name="windows">The lengths in days, ascending.</param>
    /// <param name="sums">Receives one sum for each window.</param>
    public readonly void Sums(int last, ReadOnlySpan<int> windows, Span<uint> sums)
    {
        var sum = 0u;
        var end = last;
        for (var window = 0; window < windows.Length; window++)
        {
            var start = last - windows[window];
            sum += SumOf(Math.Max(start, _newest - Days), Math.Min(end, _newest));
            sums[window] = sum;
            end = start;
        }
    }

    /// <summary>The sum of the kept days that lie less than the ring's length before a day.</summary>
    public readonly uint SumSince(int day) => SumOf(Math.Max(day, _newest) - Days, _newest);

    /// <summary>The sum of the kept days after <paramref name="start"/>, up to and including <paramref name="end"/>.</summary>
    private readonly uint SumOf(int start, int end)
    {
        var count = end - start;
        if (count <= 0)
        {
            return 0;
        }

        // In one piece; or in two, if the ring's end lies in between.
        ReadOnlySpan<uint> cells = _cells;
        var first = (start + 1) & (Days - 1);
        var inFirst = Math.Min(count, Days - first);
        return SumOf(cells.Slice(first, inFirst)) + SumOf(cells[..(count - inFirst)]);
    }

    private static uint SumOf(ReadOnlySpan<uint> cells)
    {
        var sums = Vector256<uint>.Zero;
        while (cells.Length >= Vector256<uint>.Count)
        {
            sums += Vector256.Create(cells);
            cells = cells[Vector256<uint>.Count..];
        }

        var sum = Vector256.Sum(sums);
        foreach (var cell in cells)
        {
            sum += cell;
        }

        return sum;
    }

    [InlineArray(Days)]
    private struct Cells
    {
        private uint _first;
    }
}
