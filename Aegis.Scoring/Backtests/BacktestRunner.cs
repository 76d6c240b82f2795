using Aegis.Client;
using Aegis.Rules.Language;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Backtests;

/// <summary>Runs backtests, one at a time, behind the hot path.</summary>
internal sealed class BacktestRunner(
    BacktestStore backtests, StoredOutcomes stored, ListReader lists, ModelRegistry models, TimeProvider time) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private Running? _running;

    /// <summary>Begins a backtest.</summary>
    /// <returns>It; or null, and the number of the one that runs.</returns>
    public (BacktestReport? Begun, long? Running) Begin(BacktestRequest request, BacktestPlan plan)
    {
        lock (_lock)
        {
            if (_running is { Task.IsCompleted: false } running)
            {
                return (null, running.Id);
            }

            _running?.Dispose();
            var report = backtests.Add(request, time.GetUtcNow());
            var run = new BacktestRun(plan, stored, lists, models, time);
            _running = new Running(report.Id);
            var begun = _running;
            begun.Task = Task.Run(() => RunAsync(run, begun));
            return (report, null);
        }
    }

    /// <summary>A backtest with its progress; null if there is none.</summary>
    public BacktestReport? Find(long id) => backtests.Find(id) is { } report
        ? _running is { } running && running.Id == id && report.State == BacktestState.Running ? report with
            { Progress = running.Progress } : report
        : null;

    /// <summary>Ends a backtest, if it runs.</summary>
    /// <returns>It; null if there is none.</returns>
    public async Task<BacktestReport?> CancelAsync(long id)
    {
        if (_running is { } running && running.Id == id)
        {
            await running.EndAsync();
        }

        return Find(id);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        backtests.EndAll();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_running is { } running)
        {
            await running.EndAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _running?.Dispose();

    private async Task RunAsync(BacktestRun run, Running running)
    {
        try
        {
            var result = await run.ReadAsync(share => running.Progress = share, running.Cancel);
            backtests.End(running.Id, BacktestState.Done, result);
        }
        catch (OperationCanceledException)
        {
            backtests.End(running.Id, BacktestState.Cancelled);
        }
        catch (Exception e) when (e is SqliteException or StoreException or RuleFaultException)
        {
            backtests.End(running.Id, BacktestState.Failed, fault: e.Message);
        }
    }

    private sealed class Running(long id) : IDisposable
    {
        private readonly CancellationTokenSource _cancel = new();

        public long Id => id;

        public CancellationToken Cancel => _cancel.Token;

        public double Progress { get; set; }

        public Task Task { get; set; } = Task.CompletedTask;

        public async Task EndAsync()
        {
            await _cancel.CancelAsync();
            await Task;
        }

        public void Dispose() => _cancel.Dispose();
    }
}
