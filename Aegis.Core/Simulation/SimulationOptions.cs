namespace Aegis.Core.Simulation;

/// <summary>What is simulated.</summary>
public sealed record SimulationOptions
{
    /// <summary>The days of history a card has before its first decided payment.</summary>
    public const int HistoryDays = 90;

    /// <summary>Decides the whole world.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Customers of a data set, 1 to 10,000,000; a live stream has as many as its rate implies.</summary>
    public int Customers { get; init; } = 2_000;

    /// <summary>The share of payments that are fraudulent, 0 to 0.5.</summary>
    public double FraudShare { get; init; } = 0.05;
}
