using System.Collections.Concurrent;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Models;

/// <summary>The model bundles in the store, by version. Every process finds here what a shard's log brings into force.</summary>
internal sealed class ModelRegistry
{
    private readonly ConcurrentDictionary<string, FraudModel> _loaded = new();
    private readonly Store _store;
    private readonly int _shardCount;

    /// <summary>Registers the configured bundle.</summary>
    /// <exception cref="FraudModelFormatException">The bundle is missing, damaged or made for something else.</exception>
    /// <exception cref="StoreException">The store holds another bundle of its version.</exception>
    public ModelRegistry(IOptions<ScoringOptions> options, StreamOptions streams, Store store)
    {
        _store = store;
        _shardCount = streams.ShardCount;
        Rates = new RateTables(options.Value.RatesPath, store);
        var lists = new ListReader(store);
        Lists = new ListSets(lists);
        Rules = new RuleSets(new RuleStore(store), lists, Rates.Reference);
        var path = options.Value.ModelPath;
        if (!File.Exists(path))
        {
            throw new FraudModelFormatException(
                $"There is no model bundle at '{path}'. Train one: dotnet run --project Aegis.Training -- train --out {path}");
        }

        var bundle = File.ReadAllBytes(path);
        var source = $"The bundle at '{path}'";
        var model = Read(bundle, source);
        Configured = TryAdd(model, bundle)
            ? model.Version
            : throw new StoreException($"{source} {Taken(model.Version)}");
        First = store.FirstModel(Configured);
        InForce = Configured;
    }

    /// <summary>The version that this process was started with.</summary>
    public string Configured { get; }

    /// <summary>The version in force before the first entry of every shard.</summary>
    public string First { get; }

    /// <summary>The version that last came into force in one of this process's shards.</summary>
    public string InForce { get; private set; }

    /// <summary>The exchange rates. Any table serves any bundle: all have one reference currency.</summary>
    public RateTables Rates { get; }

    /// <summary>The sets of rules. Any set serves any bundle.</summary>
    public RuleSets Rules { get; }

    /// <summary>The lists, by revision.</summary>
    public ListSets Lists { get; }

    /// <summary>Puts a bundle into the store. A control entry can then bring it into force.</summary>
    /// <param name="bundle">The file's bytes.</param>
    /// <param name="source">The bundle's name in error texts.</param>
    /// <returns>Its version.</returns>
    /// <exception cref="FraudModelFormatException">The bundle is damaged or made for something else.</exception>
    /// <exception cref="VersionTakenException">The store holds another bundle of its version.</exception>
    public string Register(byte[] bundle, string source)
    {
        var model = Read(bundle, source);
        return TryAdd(model, bundle) ? model.Version : throw new VersionTakenException($"{source} {Taken(model.Version)}");
    }

    /// <summary>True if the store holds the version.</summary>
    public bool Has(string version) => _loaded.ContainsKey(version) || _store.Bundle(version) is not null;

    /// <summary>The bundle of a version in the store.</summary>
    /// <exception cref="StoreException">The store does not hold it.</exception>
    public FraudModel Get(string version) => _loaded.GetOrAdd(version, _ => Check(
        FraudModelFile.Read(
            _store.Bundle(version) ?? throw new StoreException(
                $"Model '{version}' is in force, but the store does not hold it: the log and the store are not of one data folder.")),
        $"Bundle '{version}' of the store"));

    /// <summary>The bundle of a version, which need not be fit to come into force; null if the store holds none that
    /// this release reads.</summary>
    public FraudModel? Find(string version)
    {
        try
        {
            return _loaded.TryGetValue(version, out var loaded) ? loaded : _store.Bundle(version) is { } bundle
                ? FraudModelFile.Read(bundle)
                : null;
        }
        catch (FraudModelFormatException)
        {
            return null;
        }
    }

    /// <summary>Notes the version that came into force.</summary>
    public void Note(string version) => InForce = version;

    private static string Taken(string version) =>
        $"has version '{version}', under which the store holds other content; allowed: the same bytes again, or a version of its own.";

    private FraudModel Read(byte[] bundle, string source)
    {
        var model = Check(FraudModelFile.Read(bundle), source);
        return Rates.Find(model.RatesVersion) is not null ? model : throw new FraudModelFormatException(
            $"{source} was trained with rate table {model.RatesVersion}, which the store does not hold; the table in force is {Rates.InForce}. Bring that table into force, or train again.");
    }

    /// <returns>False if the store holds another bundle of the version.</returns>
    private bool TryAdd(FraudModel model, byte[] bundle)
    {
        var isAdded = _store.TryAddBundle(model.Version, bundle);
        if (isAdded)
        {
            _loaded.TryAdd(model.Version, model);
        }

        return isAdded;
    }

    private FraudModel Check(FraudModel model, string source) => model.ShardCount == _shardCount
        ? model
        : throw new FraudModelFormatException(
            $"{source} was trained for {model.ShardCount} shards; the log has {_shardCount}. Train again with --shards {_shardCount}.");
}
