using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Models;

/// <summary>Brings revisions that stand in the store into force through the log: of rules, of lists, of the budget.</summary>
internal sealed class Revisions(Store store, TransactionLog log)
{
    /// <summary>Brings a revision into force.</summary>
    /// <param name="entry">The control entry, with its revision.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task UseAsync(ControlEntry entry, CancellationToken cancel)
    {
        await log.AppendControlAsync(entry, cancel);
        store.Note(NoteOf(entry), $"{entry.Revision}");
    }

    /// <summary>Brings the last revision into force, if a process died before it could.</summary>
    public async Task UseLastAsync(ControlEntry entry, CancellationToken cancel)
    {
        if (long.Parse(store.Remember(NoteOf(entry), "0"), null) < entry.Revision)
        {
            await UseAsync(entry, cancel);
        }
    }

    private static string NoteOf(ControlEntry entry) => $"{entry.Kind}Revision";
}
