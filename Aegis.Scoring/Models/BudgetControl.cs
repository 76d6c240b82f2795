using Aegis.Core.Budgets;
using Aegis.Core.Decisions;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Models;

/// <summary>Changes the daily budget, and brings each change into force through the log.</summary>
/// <remarks>A caller who hangs up undoes nothing.</remarks>
internal sealed class BudgetControl(
    BudgetStore budgets, Store store, TransactionLog log, IOptions<ScoringOptions> options, TimeProvider time)
{
    private const string RevisionNote = "budgetRevision";

    /// <summary>The last change; null before the first.</summary>
    public StoredBudget? Last() => budgets.Newest(1) is [var last] ? last : null;

    /// <summary>Sets the budget; null ends it, and the model's own threshold is in force again.</summary>
    public async Task<StoredBudget> UseAsync(
        DailyBudget? budget, string by, string why, double? minutesADay = null, double? minutesAnAlert = null)
    {
        var changed = budgets.Add(budget, minutesADay, minutesAnAlert, new ListAuthor(by, why, time.GetUtcNow()));
        await UseAsync(changed, CancellationToken.None);
        return changed;
    }

    /// <summary>Gives a new store on a new log the configured budget. A new store on an older log decides what it decided before.</summary>
    public async Task AddFirstAsync(CancellationToken cancel)
    {
        if (options.Value.StarterBudget is > 0 and var share && (await log.EndsAsync(cancel)).All(end => end == LogPosition.Start))
        {
            budgets.AddFirst(
                new DailyBudget(null, share), new ListAuthor("Aegis", "The budget of a new start: change it to what your desk can do.",
                time.GetUtcNow()));
        }
    }

    /// <summary>Brings the last change into force, if a process died before it could.</summary>
    public async Task UseNewestAsync(CancellationToken cancel)
    {
        if (Last() is { } last && long.Parse(store.Remember(RevisionNote, "0"), null) < last.Revision)
        {
            await UseAsync(last, cancel);
        }
    }

    private async Task UseAsync(StoredBudget changed, CancellationToken cancel)
    {
        await log.AppendControlAsync(
            new ControlEntry { Kind = ControlEntry.Budget, Revision = changed.Revision, Alerts = changed.Budget }, cancel);
        store.Note(RevisionNote, $"{changed.Revision}");
    }
}
