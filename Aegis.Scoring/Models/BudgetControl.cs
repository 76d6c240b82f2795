using Aegis.Core.Budgets;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Models;

/// <summary>Changes the daily budget, and brings each change into force through the log.</summary>
/// <remarks>A caller who hangs up undoes nothing.</remarks>
internal sealed class BudgetControl(
    BudgetStore budgets, Revisions revisions, TransactionLog log, IOptions<ScoringOptions> options, TimeProvider time)
{
    /// <summary>The last change; null before the first.</summary>
    public StoredBudget? Last() => budgets.Newest(1) is [var last] ? last : null;

    /// <summary>Sets the budget; null ends it, and the model's own threshold is in force again.</summary>
    public async Task<StoredBudget> UseAsync(
        DailyBudget? budget, string by, string why, double? minutesADay = null, double? minutesAnAlert = null)
    {
        var changed = budgets.Add(budget, minutesADay, minutesAnAlert, new ListAuthor(by, why, time.GetUtcNow()));
        await revisions.UseAsync(EntryOf(changed), CancellationToken.None);
        return changed;
    }

    /// <summary>Gives a new store on a new log the configured budget. A new store on an older log decides what it decided before.</summary>
    public async Task AddFirstAsync(CancellationToken cancel)
    {
        if (options.Value.StarterBudget is > 0 and var share && await log.IsNewAsync(cancel))
        {
            budgets.AddFirst(
                new DailyBudget(null, share), new ListAuthor("Aegis", "The budget of a new start: change it to what your desk can do.",
                time.GetUtcNow()));
        }
    }

    /// <summary>Brings the last change into force, if a process died before it could.</summary>
    public async Task UseNewestAsync(CancellationToken cancel)
    {
        if (Last() is { } last)
        {
            await revisions.UseLastAsync(EntryOf(last), cancel);
        }
    }

    private static ControlEntry EntryOf(StoredBudget changed) => new()
        { Kind = ControlEntry.Budget, Revision = changed.Revision, Alerts = changed.Budget };
}
