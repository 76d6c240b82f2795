namespace Aegis.Datasets.Simulation;

/// <summary>What is simulated.</summary>
public sealed record SimulationOptions
{
    /// <summary>The days of history a card has before its first decided payment.</summary>
    public const int HistoryDays = 90;

    /// <summary>The smallest number of merchants: one of each trade in every city, and some on the web.</summary>
    public const int MinMerchants = 1_000;

    /// <summary>The largest number of merchants.</summary>
    public const int MaxMerchants = 1_000_000;

    /// <summary>The largest number of customers.</summary>
    public const int MaxCustomers = 10_000_000;

    /// <summary>Decides the whole world.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Customers of a data set, 1 to 10,000,000; a live stream has as many as its rate implies.</summary>
    public int Customers { get; init; } = 5_000;

    /// <summary>Merchants, 1,000 to 1,000,000.</summary>
    public int Merchants { get; init; } = 3_000;

    /// <summary>The share of payments that are fraudulent, 0 to 0.5; what the <see cref="Scenarios"/> do not use up is missing.</summary>
    public double FraudShare { get; init; } = 0.005;

    /// <summary>Kinds of fraud.</summary>
    public IReadOnlyList<FraudScenario> Scenarios { get; init; } = FraudScenario.Usual;

    /// <summary>What genuine customers do that looks like fraud.</summary>
    public IReadOnlyList<LookAlike> LookAlikes { get; init; } = LookAlike.Usual;

    /// <summary>Replaces the shares of some scenarios; the others keep theirs and stay as they are to the payment.</summary>
    /// <exception cref="ArgumentException">A name is none of the scenarios', or a share is not 0 to 1.</exception>
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

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="ArgumentException">Names the field, its value and what is allowed.</exception>
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
        // Written so that NaN fails too.
        if (!(value >= lowest && value <= highest))
        {
            throw new ArgumentException($"{name} is '{value}'; allowed: {lowest} to {highest}.");
        }
    }
}
