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

    /// <summary>Tells its random numbers from all others.</summary>
    internal ulong Stream { get; }

    /// <summary>Mean payments of an episode.</summary>
    internal abstract double MeanPayments { get; }

    /// <summary>For how many days a ring keeps its merchants; 0 where thieves act alone.</summary>
    internal virtual int RingDays => 0;

    /// <summary>Cards that a ring uses in its days.</summary>
    internal virtual int CardsPerRing => 1;

    /// <summary>Whether a card fits the episode.</summary>
    internal virtual bool Suits(Episode episode, CustomerProfile victim) => true;

    /// <summary>Lets the thieves pay, from the episode's time on.</summary>
    internal abstract void Play(Episode episode);
}
