using Aegis.Client;
using Aegis.Rules.Sets;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Takes rules through their lives: draft, shadow, live, paused, retired. What changes the set in force goes through the
/// log.</summary>
internal sealed class RuleLife(RuleStore rules, Store store, TransactionLog log, TimeProvider time)
{
    private const string RevisionNote = "rulesRevision";

    /// <summary>By state, the states that a step may lead to.</summary>
    private static readonly Dictionary<RuleState, RuleState[]> Next = new()
    {
        [RuleState.Draft] = [RuleState.Shadow, RuleState.Retired],
        [RuleState.Shadow] = [RuleState.Live, RuleState.Paused, RuleState.Retired],
        [RuleState.Live] = [RuleState.Live, RuleState.Shadow, RuleState.Paused, RuleState.Retired],
        [RuleState.Paused] = [RuleState.Shadow, RuleState.Live, RuleState.Retired],
        [RuleState.Retired] = [],
    };

    /// <summary>Adds a version of a rule as a draft.</summary>
    public StoredRule Write(string name, RuleDefinition definition, string author, string reason) =>
        rules.Add(name, definition, author, reason, time.GetUtcNow());

    /// <summary>Takes a step. A version that goes live retires the one that was live before it.</summary>
    /// <returns>The version after the step; null if there is no such rule or version.</returns>
    /// <exception cref="RuleException">The step does not follow on the state.</exception>
    public async Task<StoredRule?> StepAsync(
        string name, int? version, RuleState state, double share, string author, string reason, CancellationToken cancel)
    {
        var all = rules.All().Where(rule => rule.Name == name).ToList();
        var rule = version is null ? all.LastOrDefault() : all.Find(rule => rule.Version == version);
        if (rule is null)
        {
            return null;
        }

        if (!Next[rule.State].Contains(state))
        {
            throw new RuleException(
                $"Version {rule.Version} of rule '{name}' is {Name(rule.State)} and cannot become {Name(state)}; {Allowed(rule)}");
        }

        var steps = new List<(long, RuleChange)>();
        if (state == RuleState.Live)
        {
            steps.AddRange(all.Where(other => other.Id != rule.Id && other.State == RuleState.Live).Select(other => (
                other.Id, new RuleChange(RuleState.Retired, 0, author, $"Version {rule.Version} takes its place.", time.GetUtcNow()))));
        }

        steps.Add((rule.Id, new RuleChange(state, state == RuleState.Live ? share : 0, author, reason, time.GetUtcNow())));
        await UseAsync(rules.Change(steps, SetOf), cancel);
        return rules.All().First(stored => stored.Id == rule.Id);
    }

    /// <summary>Brings the set of the last change into force, if a process died before it could.</summary>
    public async Task UseNewestAsync(CancellationToken cancel)
    {
        if (rules.Newest() is { } newest && long.Parse(store.Remember(RevisionNote, "0"), null) < newest.Revision)
        {
            await UseAsync(newest, cancel);
        }
    }

    private async Task UseAsync(RuleRevision set, CancellationToken cancel)
    {
        await log.AppendControlAsync(
            new ControlEntry { Kind = ControlEntry.Rules, Version = set.Version, Revision = set.Revision }, cancel);
        store.Note(RevisionNote, $"{set.Revision}");
    }

    private static RuleSet SetOf(IReadOnlyList<StoredRule> all)
    {
        var set = new RuleSet([.. all.Where(rule => rule.IsInUse).Select(rule => rule.ToRule()).OrderBy(rule => rule.Id)]);
        return set.Rules.Count <= RuleSet.MaxRules ? set : throw new RuleException(
            $"{set.Rules.Count} rules would be in shadow or live; allowed: {RuleSet.MaxRules}. Pause or retire one first.");
    }

    private static string Allowed(StoredRule rule) => rule.State == RuleState.Retired
        ? "allowed: nothing more. Write a new version."
        : $"allowed: {string.Join(", ", Next[rule.State].Select(Name))}.";

    private static string Name(RuleState state) => state.ToString().ToLowerInvariant();
}
