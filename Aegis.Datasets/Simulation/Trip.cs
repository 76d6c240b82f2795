namespace Aegis.Datasets.Simulation;

/// <summary>A customer's days in another city.</summary>
/// <param name="City">The city's number; -1 if there is no trip.</param>
/// <param name="FirstDay">The first day away.</param>
/// <param name="LastDay">The last day away.</param>
/// <param name="BookingDay">The day of payment for the trip.</param>
internal readonly record struct Trip(int City, int FirstDay, int LastDay, int BookingDay)
{
    /// <summary>No trip.</summary>
    public static Trip None { get; } = new(-1, 0, -1, -1);

    /// <summary>True if the customer is away on a day.</summary>
    public bool Includes(int day) => day >= FirstDay && day <= LastDay;
}
