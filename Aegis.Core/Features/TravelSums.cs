using Aegis.Core.Facts;

namespace Aegis.Core.Features;

/// <summary>Kilometres between a card's payments at terminals, decayed over 1 day and over 30 days.</summary>
internal struct TravelSums
{
    private float _day;
    private float _month;

    /// <summary>The rest of both sums after a time.</summary>
    public readonly (double Day, double Month) After(double elapsedMs)
    {
        var decay = RateDecay.After(elapsedMs);
        return (_day * decay.Day, _month * decay.Month);
    }

    /// <summary>Adds a distance.</summary>
    public void Add(double km, double elapsedMs)
    {
        var (day, month) = After(elapsedMs);
        _day = (float)(day + km);
        _month = (float)(month + km);
    }
}
