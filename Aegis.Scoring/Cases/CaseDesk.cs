using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Rules.Lists;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Cases;

/// <summary>What analysts do with cases: claim, note, judge, undo.</summary>
internal sealed class CaseDesk(
    CaseStore cases, VerdictStore verdicts, DecisionStore decisions, ListReader entries, ListControl lists,
    IOptions<ScoringOptions> options, TimeProvider time)
{
    /// <summary>How long a verdict can be undone. Then it becomes a label.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromMinutes(10);

    private static readonly CaseState[] Unfinished = [CaseState.Open, CaseState.Waiting];
    private static readonly CaseState[] Any = [CaseState.Open, CaseState.Waiting, CaseState.Closed];

    /// <summary>Takes a case.</summary>
    public CaseAnswer Claim(long id, string by) =>
        cases.Change(id, Actor(by), "claimed", null, Unfinished, "owner = @Name, owned_until_ms = @UntilMs");

    /// <summary>Gives a case back.</summary>
    public CaseAnswer Release(long id, string by) =>
        cases.Change(id, Actor(by), "released", null, Any, "owner = NULL, owned_until_ms = NULL");

    /// <summary>Adds a note.</summary>
    public CaseAnswer Note(long id, string by, string text) => cases.Change(id, Actor(by), "noted", text, Any);

    /// <summary>Opens, closes or puts off a case.</summary>
    public CaseAnswer Move(long id, CaseState state, string by, string why) => state switch
    {
        CaseState.Waiting => cases.Change(id, Actor(by), "waiting", why, [CaseState.Open], "state = 1"),
        CaseState.Closed => cases.Change(
            id, Actor(by), "closed", why, Unfinished, "state = 2, owner = NULL, owned_until_ms = NULL"),
        _ => cases.Change(id, Actor(by), CaseStore.Reopened, why, [CaseState.Waiting, CaseState.Closed], "state = 0"),
    };

    /// <summary>Gives a verdict, and with a fraud puts cards and devices onto lists.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="transactions">Decided transactions.</param>
    /// <param name="by">The analyst.</param>
    /// <param name="onto">The lists that cards or devices come onto.</param>
    /// <returns>The verdict; or the case that somebody else works on.</returns>
    public async Task<(VerdictReport? Given, CaseSummary? Locked)> JudgeAsync(
        NewVerdict verdict, IReadOnlyList<string> transactions, string by, IReadOnlyList<ListInfo> onto)
    {
        var (batch, locked) = verdicts.Give(verdict, transactions, Actor(by));
        if (batch is not { } id)
        {
            return (null, locked);
        }

        foreach (var list in onto)
        {
            await PutAsync(id, list, transactions, by);
        }

        return (verdicts.Find(id, Undoable), null);
    }

    /// <summary>Undoes a verdict within <see cref="Undoable"/>, and takes off the lists what it put there.</summary>
    /// <returns>The verdict as it stands then; null if there is none, and unchanged if it cannot be undone any more.</returns>
    public async Task<VerdictReport?> UndoAsync(long batch, string by, string why)
    {
        var found = verdicts.Find(batch, Undoable);
        if (found is null || time.GetUtcNow() >= found.UndoableUntil || !verdicts.Undo(batch, Actor(by), why))
        {
            return found;
        }

        foreach (var listed in verdicts.Listings(batch).GroupBy(listing => listing.List))
        {
            var author = new ListAuthor(by, $"Verdict {batch} undone: {why}", time.GetUtcNow());
            await lists.RemoveAsync(entries.Find(listed.Key)!.List, [.. listed.Select(listing => listing.Value)], author);
        }

        return verdicts.Find(batch, Undoable);
    }

    private async Task PutAsync(long batch, ListInfo list, IReadOnlyList<string> transactions, string by)
    {
        var values = transactions.Select(id => decisions.Find(id)?.Transaction)
            .Select(transaction => list.Of == ListSubject.Card ? transaction?.CardToken : transaction?.DeviceId)
            .OfType<string>().Distinct().Where(value => entries.Page(list, value, before: null, limit: 1).Count == 0).ToList();
        if (values.Count == 0)
        {
            return;
        }

        // Noted first: what comes onto the list can be taken off again, even if this process ends in between.
        verdicts.NoteListings(batch, list.Name, values);
        await lists.PutAsync(
            list, [.. values.Select(value => new NewEntry(value, null, null))], replaces: false,
            new ListAuthor(by, $"Verdict {batch}: fraud.", time.GetUtcNow()));
    }

    private CaseActor Actor(string by) => new(by, time.GetUtcNow(), TimeSpan.FromMinutes(options.Value.CaseIdleMinutes));
}
