using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Aegis.Rules.Starter;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Takes rules through their lives: draft, shadow, live, paused, retired. What changes the set in force goes through the
/// log.</summary>
internal sealed class RuleLife(RuleStore rules, Revisions revisions, TransactionLog log, TimeProvider time)
{
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
    /// <remarks>A caller who hangs up undoes nothing.</remarks>
    public async Task<StoredRule?> StepAsync(string name, int? version, RuleState state, double share, string author, string reason)
    {
        StoredRule? rule = null;
        var set = rules.Change(
            all =>
            {
                var versions = all.Where(stored => stored.Name == name).ToList();
                rule = version is null ? versions.LastOrDefault() : versions.Find(stored => stored.Version == version);
                return rule is null ? [] : Steps(rule, versions, new RuleChange(
                    state, state == RuleState.Live ? share : 0, author, reason, time.GetUtcNow()));
            },
            SetOf);
        if (set is not { } changed)
        {
            return null;
        }

        await revisions.UseAsync(EntryOf(changed), CancellationToken.None);
        return rules.All().First(stored => stored.Id == rule!.Id);
    }

    /// <summary>Gives a store without any rule the starter pack, if the log is new too. A new store on an older log decides what it
    /// decided before.</summary>
    public async Task AddStarterPackAsync(CancellationToken cancel)
    {
        if (await log.IsNewAsync(cancel))
        {
            rules.AddFirst(
                StarterPack.Rules, "Aegis", "Starter pack: in shadow until somebody has looked at what it matches.", time.GetUtcNow());
        }
    }

    /// <summary>Brings the set of the last change into force, if a process died before it could.</summary>
    public async Task UseNewestAsync(CancellationToken cancel)
    {
        if (rules.Newest() is { } newest)
        {
            await revisions.UseLastAsync(EntryOf(newest), cancel);
        }
    }

    private static ControlEntry EntryOf(RuleRevision set) => new()
        { Kind = ControlEntry.Rules, Version = set.Version, Revision = set.Revision };

    /// <summary>The step of a version, and before it those of the versions whose place it takes.</summary>
    /// <exception cref="RuleException">The step does not follow on the state.</exception>
    private static IReadOnlyList<(long, RuleChange)> Steps(StoredRule rule, IReadOnlyList<StoredRule> versions, RuleChange step)
    {
        if (!Next[rule.State].Contains(step.State))
        {
            throw new RuleException(
                $"Version {rule.Version} of rule '{rule.Name}' is {Name(rule.State)} and cannot become {Name(step.State)}; {Allowed(rule)}");
        }

        var replaced = versions.Where(other => step.State == RuleState.Live && other.Id != rule.Id && other.State == RuleState.Live)
            .Select(other => (other.Id, step with
                { State = RuleState.Retired, Share = 0, Reason = $"Version {rule.Version} takes its place." }));
        return [.. replaced, (rule.Id, step)];
    }

    private static RuleSet SetOf(IReadOnlyList<StoredRule> all)
    {
        var set = RuleSet.Of(all.Where(rule => rule.IsInUse).Select(rule => rule.ToRule()));
        return set.Rules.Count <= RuleSet.MaxRules ? set : throw new RuleException(
            $"{set.Rules.Count} rules would be in shadow or live; allowed: {RuleSet.MaxRules}. Pause or retire one first.");
    }

    private static string Allowed(StoredRule rule) => rule.State == RuleState.Retired
        ? "allowed: nothing more. Write a new version."
        : $"allowed: {string.Join(", ", Next[rule.State].Select(Name))}.";

    private static string Name(RuleState state) => state.ToString().ToLowerInvariant();
}
