using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Rules.Compiling;

namespace Aegis.Rules.Lists;

/// <summary>All lists and snoozes at one revision. It never changes, and several threads may share it.</summary>
public sealed class ListBook
{
    private readonly Dictionary<long, ListMembers> _lists;
    private readonly Dictionary<ulong, long> _snoozes;
    private readonly ListMembers[] _deciding;

    private ListBook(long revision, Dictionary<long, ListMembers> lists, Dictionary<ulong, long> snoozes)
    {
        (Revision, _lists, _snoozes) = (revision, lists, snoozes);
        // In the order of what they look at, which is then fetched once.
        _deciding = [.. lists.Values.Where(list => list.List.Effect != ListEffect.None && list.Count > 0)
            .OrderBy(list => list.List.Of).ThenBy(list => list.List.Id)];
    }

    /// <summary>No list and no snooze.</summary>
    public static ListBook Empty { get; } = new(0, [], []);

    /// <summary>The revision, 1 and more; 0 before the first change.</summary>
    public long Revision { get; }

    /// <summary>True if a payment can stand on a list that decides by itself.</summary>
    public bool Decides => _deciding.Length > 0;

    /// <summary>The lists after changes. Lists that do not change are shared.</summary>
    /// <param name="revision">The revision after the changes.</param>
    /// <param name="entries">Entries that left come before those that came.</param>
    /// <param name="snoozes">Snoozes that ended come before those that began.</param>
    public ListBook After(long revision, IEnumerable<ListChange> entries, IEnumerable<SnoozeChange> snoozes)
    {
        var lists = new Dictionary<long, ListMembers>(_lists);
        foreach (var changes in entries.GroupBy(change => change.List))
        {
            var before = lists.GetValueOrDefault(changes.Key.Id) ?? new ListMembers(changes.Key);
            lists[changes.Key.Id] = before.After(changes);
        }

        var snoozed = new Dictionary<ulong, long>(_snoozes);
        foreach (var change in snoozes)
        {
            var key = SnoozeKey(StableHash.Hash64(change.Rule), change.Of, StableHash.Hash64(change.Value));
            if (change.IsAdded)
            {
                snoozed[key] = change.UntilMs;
            }
            else
            {
                snoozed.Remove(key);
            }
        }

        return new ListBook(revision, lists, snoozed);
    }

    /// <summary>The list of a match.</summary>
    public ListInfo ListOf(ListMatch match) => _deciding[match.List].List;

    /// <summary>Notes the entries of lists that decide by themselves.</summary>
    internal void Find(in RuleInput input, int row, List<ListMatch> matches)
    {
        var key = new ListKey();
        for (var i = 0; i < _deciding.Length; i++)
        {
            var list = _deciding[i];
            if (i == 0 || _deciding[i - 1].List.Of != list.List.Of)
            {
                key = ListKey.Of(input, list.List.Of);
            }

            if (key.IsOn(list, input.StampMs, out var entry))
            {
                matches.Add(new ListMatch(row, i, entry));
            }
        }
    }

    /// <summary>What a list says of a payment: 1 if it stands there, 0 if not, NaN if what the list is of is missing.</summary>
    internal double ValueOf(in RuleInput input, ListInfo list)
    {
        var key = ListKey.Of(input, list.Of);
        return key.IsMissing ? double.NaN
            : _lists.TryGetValue(list.Id, out var members) && key.IsOn(members, input.StampMs, out _) ? 1 : 0;
    }

    /// <summary>True if a rule decides nothing for the payment's card or merchant.</summary>
    /// <param name="input">The payment.</param>
    /// <param name="rule">The hash of the rule's name.</param>
    internal bool IsSnoozed(in RuleInput input, ulong rule) => _snoozes.Count > 0
        && (IsSnoozed(input, rule, ListSubject.Card) || IsSnoozed(input, rule, ListSubject.Merchant));

    private bool IsSnoozed(in RuleInput input, ulong rule, ListSubject of) =>
        _snoozes.TryGetValue(SnoozeKey(rule, of, ListKey.Of(input, of).Hash), out var until) && input.StampMs < until;

    private static ulong SnoozeKey(ulong rule, ListSubject of, ulong value) =>
        StableHash.Mix(rule ^ StableHash.Mix(value + (ulong)of));
}
