using System.Collections.Concurrent;
using Aegis.Core.Decisions;

namespace Aegis.Scoring.Consumption;

/// <summary>What a waiting caller learns.</summary>
/// <param name="Decision">The decision; null where the transaction was met before or cannot be decided.</param>
/// <param name="Rejection">Why it cannot be decided.</param>
/// <param name="IsConflict">True where the id was used before for another transaction.</param>
internal sealed record WaitResult(Decision? Decision, string? Rejection = null, bool IsConflict = false);

/// <summary>Callers of <c>POST /decisions</c> that wait, by transaction id.</summary>
internal sealed class DecisionWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WaitResult>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Waits for a transaction; several callers of one id share the wait.</summary>
    public Task<WaitResult> Register(string transactionId) =>
        _waiting.GetOrAdd(transactionId, _ => new TaskCompletionSource<WaitResult>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Nobody waits any longer.</summary>
    public void Forget(string transactionId) => _waiting.TryRemove(transactionId, out _);

    /// <summary>Tells whoever waits for a transaction.</summary>
    public void Complete(string transactionId, WaitResult result)
    {
        if (!_waiting.IsEmpty && _waiting.TryRemove(transactionId, out var waiting))
        {
            waiting.TrySetResult(result);
        }
    }
}
