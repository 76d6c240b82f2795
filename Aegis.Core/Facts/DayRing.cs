using System.Runtime.CompilerServices;

namespace Aegis.Core.Facts;

/// <summary>Counts of the last 64 days, by day of the event. Events may come in any order; what is older than the ring is left out.</summary>
internal struct DayRing
{
    /// <summary>How many days are kept.</summary>
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
    /// <param name="windows">Lengths in days, rising.</param>
    /// <param name="sums">Receives one sum per window.</param>
    public readonly void Sums(int last, ReadOnlySpan<int> windows, Span<uint> sums)
    {
        var sum = 0u;
        var day = last;
        for (var window = 0; window < windows.Length; window++)
        {
            for (var first = Math.Max(last - windows[window], _newest - Days) + 1; day >= first; day--)
            {
                sum += day <= _newest ? _cells[day & (Days - 1)] : 0;
            }

            sums[window] = sum;
        }
    }

    [InlineArray(Days)]
    private struct Cells
    {
        private uint _first;
    }
}
