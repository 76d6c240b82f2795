using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Api;

/// <summary>Bounds how many connections callers have open: one more than the process may have files would stop store and log too.</summary>
/// <remarks>Kestrel's own limit logs a line for every connection that it closes.</remarks>
internal sealed class ConnectionLimit(IOptions<ScoringOptions> options, CallerFaults faults)
{
    private readonly int _most = options.Value.MaxConnections;
    private int _open;

    /// <summary>Serves a connection, or closes it if there are too many.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= _most)
            {
                await next(connection);
                return;
            }

            faults.Note($"a connection beyond the {_most} of Scoring:{nameof(ScoringOptions.MaxConnections)} was closed.");
            connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
