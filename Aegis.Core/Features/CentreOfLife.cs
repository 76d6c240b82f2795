using Aegis.Core.Numerics;

namespace Aegis.Core.Features;

/// <summary>A card's home: the mean place of its payments at terminals and their spread, decayed over 30 days.</summary>
internal struct CentreOfLife
{
    private const double MemoryMs = 30 * 86_400e3;
    private const double PriorWeight = 3;
    private const double PriorSpreadKm = 25;

    private float _weight;
    private float _latitude;
    private float _longitude;
    private float _meanSquareKm;

    /// <summary>Kilometres from the centre.</summary>
    public readonly double DistanceKm(float latitude, float longitude) =>
        GreatCircle.DistanceKm(_latitude, _longitude, latitude, longitude);

    /// <summary>The usual distance from the centre, shrunk to 25 km with a weight of 3 payments.</summary>
    public readonly double SpreadKm =>
        Math.Sqrt(((_weight * _meanSquareKm) + (PriorWeight * PriorSpreadKm * PriorSpreadKm)) / (_weight + PriorWeight));

    /// <summary>Adds a place.</summary>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    /// <param name="distance">Kilometres from the centre before this payment; 0 for the first place.</param>
    /// <param name="elapsedMs">The time since the newest place before, milliseconds.</param>
    public void Add(float latitude, float longitude, double distance, double elapsedMs)
    {
        var kept = _weight * Math.Exp(-elapsedMs / MemoryMs);
        _weight = (float)(kept + 1);
        _meanSquareKm = (float)(((kept * _meanSquareKm) + (distance * distance)) / _weight);
        _latitude += (latitude - _latitude) / _weight;
        // The short way round the date line.
        _longitude = (float)Math.IEEERemainder(_longitude + (Math.IEEERemainder(longitude - _longitude, 360) / _weight), 360);
    }
}
