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
            _cells[gone % Days] = 0;
        }

        _newest = Math.Max(_newest, day);
        if (day > _newest - Days)
        {
            _cells[day % Days] += count;
        }
    }

    /// <summary>The sum over the <paramref name="days"/> days that end with <paramref name="last"/>.</summary>
    public readonly uint Sum(int last, int days)
    {
        var sum = 0u;
        for (var day = Math.Max(last - days, _newest - Days) + 1; day <= Math.Min(last, _newest); day++)
        {
            sum += _cells[day % Days];
        }

        return sum;
    }

    [InlineArray(Days)]
    private struct Cells
    {
        private uint _first;
    }
}
