namespace Aegis.Streams.Volumes;

/// <summary>Tells what is free where. Tests say it themselves.</summary>
public interface IVolumes
{
    /// <summary>The volume that a folder lies on; null if the folder is not there or the system does not say.</summary>
    Volume? Find(string folder);
}
