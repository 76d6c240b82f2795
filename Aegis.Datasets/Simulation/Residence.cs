namespace Aegis.Datasets.Simulation;

/// <summary>A customer's home for some years.</summary>
/// <param name="Index">The running number of the customer's homes.</param>
/// <param name="City">The city's number.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="SinceDay">The first day there.</param>
internal readonly record struct Residence(int Index, int City, double Latitude, double Longitude, int SinceDay);
