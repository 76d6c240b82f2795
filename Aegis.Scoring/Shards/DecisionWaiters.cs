using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Shards;

/// <summary>The waiting callers of <c>POST /decisions</c>, by id and content. The same id with other content is another wait.</summary>
internal sealed class DecisionWaiters
{
    private readonly Dictionary<TransactionKey, List<Waiter>> _waiting = [];
    private readonly Lock _lock = new();
    private volatile int _count;

    /// <summary>Waits for a transaction, until disposed.</summary>
    public Waiter Register(Transaction transaction)
    {
        var waiter = new Waiter(this, TransactionKey.Of(transaction));
        lock (_lock)
        {
            if (!_waiting.TryGetValue(waiter.Key, out var waiters))
            {
                _waiting[waiter.Key] = waiters = [];
            }

            waiters.Add(waiter);
            _count++;
        }

        return waiter;
    }

    /// <summary>True if somebody waits for a transaction.</summary>
    public bool IsAwaited(TransactionKey key)
    {
        if (_count == 0)
        {
            return false;
        }

        lock (_lock)
        {
            return _waiting.ContainsKey(key);
        }
    }

    /// <summary>Gives the result to everybody who waits for a transaction.</summary>
    public void Complete(TransactionKey key, WaitResult result)
    {
        if (_count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var waiter in _waiting.GetValueOrDefault(key) ?? [])
            {
                waiter.Complete(result);
            }
        }
    }

    private void Remove(Waiter waiter)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(waiter.Key, out var waiters) && waiters.Remove(waiter))
            {
                _count--;
                if (waiters.Count == 0)
                {
                    _waiting.Remove(waiter.Key);
                }
            }
        }
    }

    /// <summary>One caller's wait.</summary>
    internal sealed class Waiter(DecisionWaiters owner, TransactionKey key) : IDisposable
    {
        private readonly TaskCompletionSource<WaitResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The transaction that the caller waits for.</summary>
        public TransactionKey Key { get; } = key;

        /// <summary>The answer, once it is there.</summary>
        public Task<WaitResult> Result => _completion.Task;

        /// <inheritdoc/>
        public void Dispose() => owner.Remove(this);

        internal void Complete(WaitResult result) => _completion.TrySetResult(result);
    }
}
