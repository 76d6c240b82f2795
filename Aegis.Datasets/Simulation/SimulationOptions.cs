namespace Aegis.Datasets.Simulation;

/// <summary>The options of a simulation.</summary>
public sealed record SimulationOptions
{
    /// <summary>The number of days of history that a card has before its first decided payment.</summary>
    public const int HistoryDays = 90;

    /// <summary>The smallest number of merchants: one of each trade in every city, and some on the web.</summary>
    public const int MinMerchants = 1_000;

    /// <summary>The largest number of merchants.</summary>
    public const int MaxMerchants = 1_000_000;

    /// <summary>The largest number of customers.</summary>
    public const int MaxCustomers = 10_000_000;

    /// <summary>Decides the whole world.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The number of customers of a data set, 1 to 10,000,000. A live stream has as many as its rate implies.</summary>
    public int Customers { get; init; } = 5_000;

    /// <summary>The number of merchants, 1,000 to 1,000,000.</summary>
    public int Merchants { get; init; } = 3_000;

    /// <summary>The share of payments that are fraudulent, 0 to 0.5. If the <see cref="Scenarios"/> do not use all of
    /// it, there are fewer frauds.</summary>
    public double FraudShare { get; init; } = 0.005;

    /// <summary>The kinds of fraud.</summary>
    public IReadOnlyList<FraudScenario> Scenarios { get; init; } = FraudScenario.Usual;

    /// <summary>Behaviours of genuine customers that look like fraud.</summary>
    public IReadOnlyList<LookAlike> LookAlikes { get; init; } = LookAlike.Usual;

    /// <summary>Replaces the shares of some scenarios. The other scenarios keep their shares and exactly the same payments.</summary>
    /// <exception cref="ArgumentException">A name is not that of a scenario, or a share is not 0 to 1.</exception>
    public SimulationOptions WithShares(IReadOnlyDictionary<string, double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        foreach (var name in shares.Keys)
        {
            if (Scenarios.All(scenario => scenario.Name != name))
            {
                throw new ArgumentException(
                    $"Scenario is '{name}'; allowed: {string.Join(", ", Scenarios.Select(scenario => scenario.Name))}.", nameof(shares));
            }
        }

        return this with { Scenarios = [.. Scenarios.Select(
            scenario => scenario with { Share = shares.GetValueOrDefault(scenario.Name, scenario.Share) })] };
    }

    /// <summary>Refuses options out of range.</summary>
    /// <exception cref="ArgumentException">The message names the field, its value and what is allowed.</exception>
    internal void Validate()
    {
        Check(nameof(Customers), Customers, 1, MaxCustomers);
        Check(nameof(Merchants), Merchants, MinMerchants, MaxMerchants);
        Check(nameof(FraudShare), FraudShare, 0, 0.5);
        foreach (var scenario in Scenarios)
        {
            Check($"Share of {scenario.Name}", scenario.Share, 0, 1);
        }
    }

    private static void Check(string name, double value, double lowest, double highest)
    {
        // In this form NaN fails too.
        if (!(value >= lowest && value <= highest))
        {
            throw new ArgumentException($"{name} is '{value}'; allowed: {lowest} to {highest}.");
        }
    }
}
