using System.Collections.Concurrent;
using Aegis.Rules.Language;
using Aegis.Rules.Names;
using Aegis.Rules.Sets;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Models;

/// <summary>The sets of rules in the store, compiled, by version.</summary>
internal sealed class RuleSets(RuleStore store, ListReader lists, string referenceCurrency)
{
    private readonly ConcurrentDictionary<string, RuleBook> _compiled = new();
    private readonly RuleNames _names = new(referenceCurrency);

    /// <summary>The names and lists that conditions may use.</summary>
    public RuleNames Names => _names.With(lists.All().Select(stored => stored.List));

    /// <summary>The version that last came into force in one of this process's shards; null if none did.</summary>
    public string? InForce { get; private set; }

    /// <summary>The set of the last change; null before the first.</summary>
    public RuleRevision? Newest() => store.Newest();

    /// <summary>The compiled set of a version.</summary>
    /// <exception cref="StoreException">The store does not hold it.</exception>
    public RuleBook Get(string version) => Find(version) ?? throw new StoreException(
        $"Rules '{version}' are in force, but the store does not hold them: the log and the store are not of one data folder.");

    /// <summary>The compiled set of a version; null if the store holds none.</summary>
    /// <exception cref="StoreException">A condition names what this release does not know.</exception>
    public RuleBook? Find(string version)
    {
        if (_compiled.TryGetValue(version, out var book) || store.Set(version) is not { } set)
        {
            return book;
        }

        try
        {
            return _compiled.GetOrAdd(version, new RuleBook(set, Names));
        }
        catch (RuleFaultException e)
        {
            throw new StoreException($"Rules '{version}' of the store cannot be used by this release: {e.Message}");
        }
    }

    /// <summary>Notes the version that came into force.</summary>
    public void Note(string version) => InForce = version;
}
