using Aegis.Streams.Volumes;

namespace Aegis.AppHost.Supervision;

/// <summary>Holds a start back while the volume of the program's files is full. It says so on the console where the wait
/// begins and where it ends.</summary>
internal sealed class SpaceWait(IVolumes volumes, TimeProvider time, TextWriter console)
{
    /// <summary>The least free space with which a program is started.</summary>
    public const long NeededBytes = 64 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits until there is space.</summary>
    /// <param name="resource">Who waits.</param>
    /// <param name="folder">The folder of its files. Where its volume cannot be told, nobody waits.</param>
    /// <param name="stopping">Ends the wait with the run.</param>
    /// <returns>False if there was space from the beginning.</returns>
    public async Task<bool> WaitAsync(string resource, string folder, CancellationToken stopping)
    {
        if (volumes.Find(folder) is not { FreeBytes: < NeededBytes } full)
        {
            return false;
        }

        await console.WriteLineAsync(
            $"  '{resource}' has ended and waits for space: {full}, and {ByteCount.Text(NeededBytes)} are needed for {folder}");
        Volume? found;
        do
        {
            await Task.Delay(Pause, time, stopping);
            found = volumes.Find(folder);
        }
        while (found is { FreeBytes: < NeededBytes });

        await console.WriteLineAsync($"  '{resource}' is started again: {(found is { } volume ? volume : $"the volume of {folder} is gone")}");
        return true;
    }
}
