using System.Collections.Concurrent;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Models;

/// <summary>The tables of exchange rates in the store, by version. All have the reference currency of the first: what
/// cards have spent is remembered in it.</summary>
internal sealed class RateTables
{
    private readonly ConcurrentDictionary<string, CurrencyRates> _loaded = new();
    private readonly Store _store;

    /// <summary>Registers the configured table.</summary>
    /// <param name="path">Its file; without one, the shipped table.</param>
    /// <param name="store">The store.</param>
    /// <exception cref="RateTableException">The file is no rate table.</exception>
    /// <exception cref="StoreException">The store holds another table of its version, or tables of another reference currency.</exception>
    public RateTables(string? path, Store store)
    {
        _store = store;
        var (table, source) = path is { Length: > 0 }
            ? (CurrencyRates.Parse(File.ReadAllText(path)), $"The rate table at '{path}'")
            : (CurrencyRates.Default, "The shipped rate table");
        Configured = InForce = table.Version;
        First = store.Remember("firstRates", Configured);
        Reference = First == Configured ? table.Reference : Get(First).Reference;
        if (table.Reference != Reference)
        {
            throw new StoreException($"{source} has reference '{table.Reference}'; {AllowedReference}. Another one needs a fresh data folder.");
        }

        if (!TryAdd(table))
        {
            throw new StoreException($"{source} {Taken(table.Version)}");
        }
    }

    /// <summary>The version that this process was started with.</summary>
    public string Configured { get; }

    /// <summary>The version in force before the first entry of every shard.</summary>
    public string First { get; }

    /// <summary>The version that last came into force in one of this process's shards.</summary>
    public string InForce { get; private set; }

    /// <summary>The currency that all tables compare amounts in.</summary>
    public string Reference { get; }

    /// <summary>Puts a table into the store. A control entry can then bring it into force.</summary>
    /// <exception cref="RateTableException">It has another reference currency.</exception>
    /// <exception cref="VersionTakenException">The store holds another table of its version.</exception>
    public void Register(CurrencyRates table)
    {
        if (table.Reference != Reference)
        {
            throw new RateTableException($"Field 'reference' is '{table.Reference}'; {AllowedReference}.");
        }

        if (!TryAdd(table))
        {
            throw new VersionTakenException($"The rate table {Taken(table.Version)}");
        }
    }

    /// <summary>The table of a version in the store.</summary>
    /// <exception cref="StoreException">The store does not hold it.</exception>
    public CurrencyRates Get(string version) => Find(version) ?? throw new StoreException(
        $"Rate table '{version}' is in force, but the store does not hold it: the log and the store are not of one data folder.");

    /// <summary>The table of a version; null if the store holds none.</summary>
    public CurrencyRates? Find(string version)
    {
        if (_loaded.TryGetValue(version, out var table) || _store.RateTable(version) is not { } json)
        {
            return table;
        }

        try
        {
            return _loaded.GetOrAdd(version, CurrencyRates.Parse(json));
        }
        catch (RateTableException e)
        {
            // A code that operators had added when the table was stored.
            throw new StoreException($"Rate table '{version}' of the store cannot be used: {e.Message}");
        }
    }

    /// <summary>The amount of a stored transaction in the reference currency by the table of its decision; NaN if the store lacks the
    /// table, or the table the currency.</summary>
    public double ToReference(Transaction transaction, string version) =>
        Find(version)?.ToReference(transaction.AmountMinor, transaction.Currency) ?? double.NaN;

    /// <summary>Notes the version that came into force.</summary>
    public void Note(string version) => InForce = version;

    private string AllowedReference => $"allowed: '{Reference}', the currency in which this store remembers what cards have spent";

    private static string Taken(string version) =>
        $"has version '{version}', under which the store holds other rates; allowed: the same rates again, or a version of its own.";

    /// <returns>False if the store holds another table of the version.</returns>
    private bool TryAdd(CurrencyRates table)
    {
        var isAdded = _store.TryAddRateTable(table.Version, table.ToJson());
        if (isAdded)
        {
            _loaded.TryAdd(table.Version, table);
        }

        return isAdded;
    }
}
