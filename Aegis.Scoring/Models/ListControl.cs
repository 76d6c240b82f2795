using Aegis.Core.Decisions;
using Aegis.Rules.Lists;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Changes lists and snoozes, and brings each revision into force through the log.</summary>
/// <remarks>A caller who hangs up undoes nothing.</remarks>
internal sealed class ListControl(ListStore lists, ListReader reader, Revisions revisions)
{
    /// <summary>Puts entries on a list; null if there would be too many.</summary>
    public async Task<ListEffects?> PutAsync(ListInfo list, IReadOnlyList<NewEntry> entries, bool replaces, ListAuthor author) =>
        lists.Put(list, entries, replaces, author) is { } effects ? await UseAsync(effects) : null;

    /// <summary>Removes values from a list.</summary>
    public Task<ListEffects> RemoveAsync(ListInfo list, IReadOnlyList<string> values, ListAuthor author) =>
        UseAsync(lists.Remove(list, values, author));

    /// <summary>Begins a snooze, or gives one that is there another end.</summary>
    public Task<ListEffects> SnoozeAsync(string rule, ListSubject of, string value, DateTimeOffset until, ListAuthor author) =>
        UseAsync(lists.Snooze(rule, of, value, until, author));

    /// <summary>Ends a snooze.</summary>
    public Task<ListEffects> EndSnoozeAsync(long id, ListAuthor author) => UseAsync(lists.EndSnooze(id, author));

    /// <summary>Brings the last revision into force, if a process died before it could.</summary>
    public Task UseNewestAsync(CancellationToken cancel) => revisions.UseLastAsync(EntryOf(reader.Newest()), cancel);

    private async Task<ListEffects> UseAsync(ListEffects effects)
    {
        if (effects is not { Added: 0, Removed: 0 })
        {
            await revisions.UseAsync(EntryOf(effects.Revision), CancellationToken.None);
        }

        return effects;
    }

    private static ControlEntry EntryOf(long revision) => new() { Kind = ControlEntry.Lists, Revision = revision };
}
