using Aegis.Core.Numerics;


namespace Aegis.Datasets.Simulation;

/// <summary>A kind of fraud: how thieves use cards, with its parameters.</summary>
public abstract record FraudScenario
{
    private protected FraudScenario(string name, double share)
    {
        Name = name;
        Share = share;
        Stream = StableHash.Hash64(name);
    }

    /// <summary>All scenarios with their usual parameters; their shares sum to 1.</summary>
    public static IReadOnlyList<FraudScenario> Usual { get; } =
    [
        new Scenarios.CardTesting(), new Scenarios.AccountTakeover(), new Scenarios.CounterfeitAbroad(), new Scenarios.FrequentTraveller(),
        new Scenarios.SkimmedTerminal(),
        new Scenarios.SlowDrip(), new Scenarios.FamiliarSite(), new Scenarios.LostCard(), new Scenarios.BustOut(),
        new Scenarios.MerchantCollusion(),
    ];

    /// <summary>The stable name, as in labels.</summary>
    public string Name { get; }

    /// <summary>The share of all fraudulent payments that are of this kind, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Separates its random numbers from all others.</summary>
    internal ulong Stream { get; }

    /// <summary>The mean number of payments of an episode.</summary>
    internal abstract double MeanPayments { get; }

    /// <summary>The number of days that a ring keeps its merchants; 0 if thieves act alone.</summary>
    internal virtual int RingDays => 0;

    /// <summary>The number of cards that a ring uses in these days.</summary>
    internal virtual int CardsPerRing => 1;

    /// <summary>True if a card fits the episode.</summary>
    internal virtual bool Suits(Episode episode, CustomerProfile victim) => true;

    /// <summary>Lets the thieves pay, from the episode's time on.</summary>
    internal abstract void Play(Episode episode);
}
