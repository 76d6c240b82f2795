using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>A kind of fraud: what a thief does with one customer's card.</summary>
public abstract class FraudScenario
{
    /// <summary>All scenarios.</summary>
    public static IReadOnlyList<FraudScenario> All { get; } =
    [
        new StolenCardSpree(), new CardTesting(), new AccountTakeover(), new ImpossibleTravel(), new CompromisedMerchant(), new SlowDrip(),
    ];

    /// <summary>The scenario's stable name, as in labels.</summary>
    public abstract string Name { get; }

    /// <summary>How often it happens, relative to the others.</summary>
    public abstract double Prevalence { get; }

    /// <summary>The payments of one episode in time order, the first at <paramref name="start"/>.</summary>
    public abstract List<LabelledTransaction> Play(SimulatedWorld world, CustomerProfile customer, DateTimeOffset start, ref SeededRandom random);

    /// <summary>Draws a scenario by prevalence.</summary>
    public static FraudScenario Draw(ref SeededRandom random)
    {
        var point = random.NextDouble() * All.Sum(scenario => scenario.Prevalence);
        foreach (var scenario in All)
        {
            point -= scenario.Prevalence;
            if (point < 0)
            {
                return scenario;
            }
        }

        return All[^1];
    }

    /// <summary>A fraudulent payment.</summary>
    protected LabelledTransaction Fraud(Transaction transaction) => new(transaction, new FraudLabel(true, Name));

    /// <summary>A device the card has never been used from.</summary>
    protected static string ForeignDevice(ref SeededRandom random) => $"d{random.NextBits() >> 16:x12}";
}
