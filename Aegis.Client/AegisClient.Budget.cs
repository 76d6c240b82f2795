namespace Aegis.Client;

/// <content>The daily budget of alerts.</content>
public sealed partial class AegisClient
{
    /// <summary>The budget, the alerts by day, and what labels say about both.</summary>
    public Task<BudgetReport> BudgetAsync(CancellationToken cancel = default) => GetAsync<BudgetReport>("budget", cancel);

    /// <summary>Sets the budget, which the review threshold follows from now on.</summary>
    public Task<BudgetChange> UseBudgetAsync(BudgetRequest budget, CancellationToken cancel = default) =>
        PutAsync<BudgetChange>("budget", budget, cancel);

    /// <summary>Ends the budget: the model's own threshold holds again.</summary>
    public Task<BudgetChange> EndBudgetAsync(BudgetEndRequest end, CancellationToken cancel = default) =>
        PostAsync<BudgetChange>("budget/end", end, cancel);
}
