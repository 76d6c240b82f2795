namespace Aegis.Client;

/// <content>Backtests.</content>
public sealed partial class AegisClient
{
    /// <summary>Begins a backtest. The service refuses with status 409 while another one runs.</summary>
    public Task<BacktestReport> BacktestAsync(BacktestRequest request, CancellationToken cancel = default) =>
        PostAsync<BacktestReport>("backtests", request, cancel);

    /// <summary>The newest backtests, newest first, without their results.</summary>
    public Task<IReadOnlyList<BacktestReport>> BacktestsAsync(CancellationToken cancel = default) =>
        GetAsync<IReadOnlyList<BacktestReport>>("backtests", cancel);

    /// <summary>A backtest; null if there is none of this number.</summary>
    public Task<BacktestReport?> FindBacktestAsync(long id, CancellationToken cancel = default) =>
        FindAsync<BacktestReport>($"backtests/{id}", cancel);

    /// <summary>Ends a backtest that runs.</summary>
    public Task<BacktestReport> CancelBacktestAsync(long id, CancellationToken cancel = default) =>
        SendAsync<BacktestReport>(HttpMethod.Post, $"backtests/{id}/cancel", body: null, JsonType, cancel);
}
