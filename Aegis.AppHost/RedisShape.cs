using System.Diagnostics;
using Aegis.Streams.Redis;

namespace Aegis.AppHost;

/// <summary>The shapes that Redis can have.</summary>
internal static class RedisShape
{
    /// <summary>A server if one is installed, else a container.</summary>
    public const string Auto = "auto";

    /// <summary>A redis-server or valkey-server process of our own.</summary>
    public const string Server = "server";

    /// <summary>A container of our own.</summary>
    public const string Container = "container";

    private static readonly string[] Programs = ["redis-server", "valkey-server"];
    private static readonly string[] Runtimes = ["docker", "podman"];
    private static readonly TimeSpan RuntimeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The fault in the option's value; null if there is none.</summary>
    public static string? FaultOf(string value)
    {
        if (!IsConnection(value))
        {
            return value is Auto or Server or Container
                ? null
                : $"--redis is '{value}'; allowed: {Auto}, {Server}, {Container}, or a connection string such as host:6379,password=...";
        }

        try
        {
            RedisSettings.Parse(value);
            return null;
        }
        catch (FormatException e)
        {
            return $"--redis: {e.Message}";
        }
    }

    /// <summary>Refuses a foreign Redis that cannot be used, before any resource waits for it.</summary>
    /// <exception cref="DistributedApplicationException">That Redis cannot be reached, or does not let us in.</exception>
    public static async Task RefuseAsync(UpOptions up)
    {
        if (IsConnection(up.Redis) && await RedisTrial.FaultAsync(up.Redis, CancellationToken.None) is { } fault)
        {
            throw new DistributedApplicationException($"--redis: {fault}");
        }
    }

    /// <summary>True for a connection string.</summary>
    public static bool IsConnection(string value) =>
        value.Contains(':', StringComparison.Ordinal) || value.Contains('=', StringComparison.Ordinal);

    /// <summary>The path of the installed server; null if there is none.</summary>
    public static string? FindServer() =>
        Programs.SelectMany(
            program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)))
            .FirstOrDefault(File.Exists);

    /// <summary>The container runtime that answers; null if none does. An installed but dead runtime would make the
    /// whole application wait for ever.</summary>
    public static string? FindRuntime() => Runtimes.FirstOrDefault(Answers);

    private static bool Answers(string runtime)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(runtime, ["version", "--format", "{{.Server.Version}}"])
                { RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (process.WaitForExit(RuntimeTimeout))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
