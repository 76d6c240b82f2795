using System.Runtime.InteropServices;

namespace Aegis.Scoring.Commits;

/// <summary>An id as a shard remembers it.</summary>
internal readonly record struct IdRecord(ulong Id, uint Content, uint EventSeconds);
