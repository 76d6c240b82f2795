using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aegis.Streams.Redis;

namespace Aegis.Scoring.Operator;

/// <summary>A redis-server that only this process can use. It writes files that a later server on the same folder reads.</summary>
internal sealed class TemporaryRedis : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);

    private readonly Process _server;

    private TemporaryRedis(Process server, RedisClient client) => (_server, Client) = (server, client);

    /// <summary>The client that talks to the server.</summary>
    public RedisClient Client { get; }

    /// <summary>Starts a server on a folder and waits until it answers.</summary>
    /// <exception cref="BackupException">There is no redis-server, or it does not answer.</exception>
    public static async Task<TemporaryRedis> StartAsync(string folder, TimeProvider time, CancellationToken cancel)
    {
        var (port, password) = (FreePort(), RandomNumberGenerator.GetHexString(32));
        var server = Launch("redis-server") ?? Launch("valkey-server")
            ?? throw new BackupException("Neither redis-server nor valkey-server is installed. On Debian: apt-get install redis-server");
        // The password must not stand on a command line, which every user can read.
        await server.StandardInput.WriteAsync(
            $"bind 127.0.0.1\nport {port}\ndir \"{Path.GetFullPath(folder)}\"\nrequirepass {password}\nsave \"\"\nappendonly yes\nappendfsync everysec\nlogfile \"\"\n");
        server.StandardInput.Close();
        _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var redis = new TemporaryRedis(server, new RedisClient(RedisSettings.Parse($"localhost:{port},password={password}", AnswerLimit)));
        try
        {
            await redis.AnswerAsync(time, cancel);
            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server once all its data is on disk.</summary>
    public async Task ShutDownAsync(CancellationToken cancel)
    {
        try
        {
            await Client.ExecuteAsync(new RedisCommand("SHUTDOWN"), cancel);
        }
        catch (RedisUnavailableException)
        {
            // The server ends without an answer.
        }

        await _server.WaitForExitAsync(cancel);
        if (_server.ExitCode != 0)
        {
            throw new BackupException(
                $"redis-server ended with exit code {_server.ExitCode}: its log may not be on disk. Is there room on the disk?");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (!_server.HasExited)
        {
            _server.Kill();
            await _server.WaitForExitAsync();
        }

        _server.Dispose();
    }

    private static Process? Launch(string program)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, "-") { RedirectStandardInput = true, RedirectStandardOutput = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private async Task AnswerAsync(TimeProvider time, CancellationToken cancel)
    {
        for (var started = time.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel))
        {
            try
            {
                await Client.ExecuteAsync(new RedisCommand("PING"), cancel);
                return;
            }
            catch (RedisUnavailableException e) when (_server.HasExited || time.GetElapsedTime(started) > TimeSpan.FromSeconds(10))
            {
                throw new BackupException($"redis-server does not answer: {e.Message}");
            }
            catch (RedisUnavailableException)
            {
                // The server does not listen yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
