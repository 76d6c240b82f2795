using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aegis.Tests;

/// <summary>What was logged.</summary>
internal sealed record LoggedEvent(int Id, LogLevel Level, string Message);

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<LoggedEvent> _events = new();

    /// <summary>All events, oldest first.</summary>
    public IReadOnlyList<LoggedEvent> Events => [.. _events];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events.Enqueue(new LoggedEvent(eventId.Id, logLevel, formatter(state, exception)));
}
