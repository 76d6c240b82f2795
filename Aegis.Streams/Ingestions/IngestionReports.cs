using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Ingestions;
using Aegis.Streams.Redis;

namespace Aegis.Streams.Ingestions;

/// <summary>The capped stream <c>aegis:ingestions</c>: whoever ingests hands its run over, and scoring takes it into the store.</summary>
public sealed class IngestionReports(RedisClient redis)
{
    // As many as the store keeps.
    private const int MaxReports = 1_000;
    private const int MaxTaken = 100;
    private const string Field = "run";

    /// <summary>Hands a run over.</summary>
    /// <exception cref="RedisException">Redis does not take it now.</exception>
    public Task AddAsync(IngestionRun run, CancellationToken cancel) => redis.ExecuteAsync(
        new RedisCommand(
            "XADD", StreamKeys.Ingestions, "MAXLEN", "~", MaxReports, "*", Field, JsonSerializer.Serialize(run, AegisJson.Options)),
        cancel);

    /// <summary>Takes the runs that were handed over, oldest first, part by part. A part is handed over again if it
    /// could not be kept.</summary>
    /// <param name="keep">Keeps a part of them. A run may come twice.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="RedisException">Redis does not answer now.</exception>
    public async Task TakeAsync(Action<IReadOnlyList<IngestionRun>> keep, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(keep);
        for (var taken = MaxTaken; taken == MaxTaken;)
        {
            var reply = await redis.ExecuteAsync(new RedisCommand("XRANGE", StreamKeys.Ingestions, "-", "+", "COUNT", MaxTaken), cancel);
            var entries = reply.Items();
            taken = entries.Length;
            if (taken == 0)
            {
                return;
            }

            keep([.. entries.Select(entry => Read(entry[1][1].Text())).OfType<IngestionRun>()]);
            object[] ids = [.. entries.Select(entry => entry[0].Text())];
            await redis.ExecuteAsync(new RedisCommand("XDEL", [StreamKeys.Ingestions, .. ids]), cancel);
        }
    }

    /// <returns>Null for an entry that somebody else wrote there.</returns>
    private static IngestionRun? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<IngestionRun>(json, AegisJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
