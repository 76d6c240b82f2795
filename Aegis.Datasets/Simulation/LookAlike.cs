using Aegis.Core.Numerics;


namespace Aegis.Datasets.Simulation;

/// <summary>A behaviour of genuine customers that looks like fraud. Its payments carry its name as scenario and are not
/// fraudulent.</summary>
public abstract record LookAlike
{
    /// <summary>All look-alikes with their usual parameters.</summary>
    public static IReadOnlyList<LookAlike> Usual { get; } =
    [
        new LookAlikes.Holiday(), new LookAlikes.BigPurchase(), new LookAlikes.NewPhone(), new LookAlikes.Move(),
        new LookAlikes.ShoppingSpree(), new LookAlikes.NightOut(), new LookAlikes.Festival(),
    ];

    private protected LookAlike(string name)
    {
        Name = name;
        Stream = StableHash.Hash64(name);
    }

    /// <summary>The stable name, as in training files.</summary>
    public string Name { get; }

    /// <summary>Separates its random numbers from all others.</summary>
    internal ulong Stream { get; }

    /// <summary>Adds a customer's payments of this kind on a day.</summary>
    internal abstract void Add(in CustomerDay day, byte label);
}
