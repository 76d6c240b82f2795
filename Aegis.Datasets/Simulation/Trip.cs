namespace Aegis.Datasets.Simulation;

/// <summary>Days that a customer spends in another city.</summary>
/// <param name="City">The city's number; -1 where there is no trip.</param>
/// <param name="FirstDay">First day away.</param>
/// <param name="LastDay">Last day away.</param>
/// <param name="BookingDay">When it was paid for.</param>
internal readonly record struct Trip(int City, int FirstDay, int LastDay, int BookingDay)
{
    /// <summary>No trip.</summary>
    public static Trip None { get; } = new(-1, 0, -1, -1);

    /// <summary>Whether the customer is away on a day.</summary>
    public bool Includes(int day) => day >= FirstDay && day <= LastDay;
}
