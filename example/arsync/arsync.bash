# SPDX-License-Identifier: BSL-1.0
#
# Completion of arsync's options for bash. Installed where bash-completion looks for it.

_arsync()
{
    local options="
        --archive --recursive --links --perms --times --atimes --omit-dir-times --group --owner
        --devices --specials --hard-links --acls --preserve-acl --xattrs --preserve-xattr --sparse
        --no-recursive --no-links --no-perms --no-times --no-atimes --no-group --no-owner
        --no-devices --no-specials --no-hard-links --no-acls --no-preserve-acl --no-xattrs
        --no-preserve-xattr --no-sparse --update --checksum --size-only --ignore-times --existing
        --ignore-existing --delete --delete-during --delete-excluded --exclude= --include=
        --exclude-from= --include-from= --files-from= --from0 --one-file-system --numeric-ids
        --copy-method= --atomic --inplace --partial --backup --suffix= --fsync --verify --whole-file
        --bwlimit= --cpu-count= --max-files-in-flight= --queue-depth= --buffer-size= --dry-run
        --itemize-changes --verbose --quiet --progress --no-progress --human-readable --stats --json
        --capabilities --help --version"
    local methods="automatic reflink copy_file_range splice read_write direct"
    local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()

    # Bash splits --option=value into three words.
    if [[ $word == "=" ]]; then
        word=""
    elif [[ $option == "=" ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $option == --json || $option == --fsync ]]; then
        option="" # their values follow an equals sign only
    fi

    case $option in
    --copy-method) mapfile -t COMPREPLY < <(compgen -W "$methods" -- "$word") ;;
    --fsync) mapfile -t COMPREPLY < <(compgen -W "files everything" -- "$word") ;;
    --exclude | --include | --suffix | --bwlimit | --cpu-count | --max-files-in-flight | --queue-depth | \
        --buffer-size) ;; # anything
    *)
        if [[ $word == --* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
            [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
        elif [[ $word == - ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options -a -r -l -p -t -U -O -g -o -D -H -A -X -S -u -c -I -0 -x -b -W -n -i -v -q -P -h -V" -- "$word")
        else
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    esac
}

complete -F _arsync arsync
